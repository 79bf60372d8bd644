"""The commands, a module for each thing people come for; `diplograph.cli` hangs them up."""
