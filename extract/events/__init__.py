"""Events: triggers and frames, status, attribution, identity; one component a step."""
