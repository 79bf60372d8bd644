"""What a sentence is in PLOVER: class, codes of actors, codes of recipients; sentences of one kind stand together."""

from __future__ import annotations

import json

import pytest

from diplograph.extract import Document, extract
from diplograph.extract.plover import to_plover

SENTENCES = {
    # the content of an act, a purpose and a circumstance are no events of their own
    "China condemned the United States for selling weapons to Taiwan.": "ACCUSE CHN USA",
    "India denounced as provocative Pakistan's test of a missile.": "ACCUSE IND PAK",
    "The European Union threatened on Monday to suspend aid to Kenya.": "THREATEN IGOEUR KEN",
    "Bolivia's parliament demanded an apology from Chile.": "REQUEST BOL CHL",
    "Following the attack on its embassy, Denmark expelled two Libyan diplomats.": "SANCTION DNK LBY",
    "Despite protests by Greece, Macedonia signed an accord with Turkey on Monday.": "SUPPORT MKD TUR",
    "Opposition supporters demonstrated in Belgrade to demand the resignation of the government.": "PROTEST SRB SRB",
    # what "and" joins is reported as well
    "The United States praised Jordan and threatened Syria.": "SUPPORT USA JOR; THREATEN USA SYR",
    "Belgium expelled a Libyan diplomat and condemned Iran.": "SANCTION BEL LBY; ACCUSE BEL IRN",
    # to offer, to promise and to pledge help is the intent to give it
    "Germany has offered to mediate in the dispute between Chad and Libya.": "AGREE DEU LBY+TCD",
    "Japan offered Vietnam a loan of 200 million dollars on Friday.": "AGREE JPN VNM",
    "Cuba has offered to release 30 prisoners to the United States.": "AGREE CUB USA",
    "Malaysia offered its troops to Cambodia to help clear mines.": "AGREE MYS KHM",
    "Egyptian President Hosni Mubarak offered to meet Israeli leaders in Cairo.": "AGREE EGY ISR",
    "Sweden promised to send medicine to Angola.": "AGREE SWE AGO",
    "The World Bank promised to lend Ghana 80 million dollars.": "AGREE IGO GHA",
    "Australia has promised to support East Timor.": "AGREE AUS TLS",
    "Syria expressed support for the Lebanese government in its campaign against militias.": "SUPPORT SYR LBN",
    # troops of one's own for a force of others
    "Spain will contribute 500 soldiers to a peacekeeping force in Mozambique.": "AGREE ESP MOZ",
    "Canada is ready to contribute troops to the UN force in Cyprus.": "AGREE CAN IGOUNO",
    # to sign is CAMEO 057
    "Bulgaria and Albania signed a trade protocol in Tirana on Tuesday.": "SUPPORT ALB+BGR -",
    "Algeria and Mali signed an agreement on border security, officials said.": "SUPPORT DZA+MLI -",
    "The Ukrainian parliament ratified a treaty with Romania.": "SUPPORT UKR ROU",
    "Hungary and Poland signed a military cooperation agreement in Warsaw.": "SUPPORT HUN+POL -",
    # a journey for talks is those talks
    "Indian and Pakistani negotiators returned to Vienna for talks on the disputed glacier.": "CONSULT IND+PAK -",
    "Lebanese and Syrian ministers travelled to Geneva for negotiations on water.": "CONSULT LBN+SYR -",
    "Zambia's president flew to Lusaka for talks with Zimbabwean leader Robert Mugabe.": "CONSULT ZMB ZWE",
    "Greek and Turkish officials went to New York for a meeting about Cyprus.": "CONSULT GRC+TUR -",
    # whom a state lets in it gives access; what it allows at home is a concession
    "Sudan allowed UN aid flights to land in the south.": "RETREAT SDN IGOUNO",
    "Serbia allowed UN inspectors to visit the prison camps.": "RETREAT SRB IGOUNO",
    "Israel lifted its blockade of Lebanon.": "RETREAT ISR LBN",
    "The Polish government lifted a ban on the Solidarity trade union.": "CONCEDE POL POL",
    "Burma's military government eased restrictions on opposition leader Aung San Suu Kyi.": "CONCEDE MMR MMR",
    # groups are of the state behind their name, of that of their side, of the only one that is named
    "Rebels in Sierra Leone released 12 British soldiers on Sunday.": "RETREAT SLE GBR",
    "Kenyan police arrested 40 students in Nairobi.": "COERCE KEN KEN",
    "Tunisia's opposition accused the government of rigging the election.": "ACCUSE TUN TUN",
    "Colombian guerrillas attacked a police station on Monday.": "ASSAULT COL COL",
    "Guatemalan rebels rejected the government's offer of an amnesty.": "REJECT GTM GTM",
    "South African miners demanded higher wages from the government.": "REQUEST ZAF ZAF",
    # so is a person whom nobody knows, if that state takes no part itself
    "President Kwame Asante of Ghana threatened to impose a curfew.": "THREATEN GHA -",
    "Colonel Pedro Salas resigned on Monday after riots in La Paz.": "RETREAT BOL -",
    "General Ali Kor surrendered near Mogadishu on Friday.": "RETREAT SOM SOM",
    "Missionary John Brand called for sanctions against Angola.": "REQUEST ? AGO",
    # an act that needs a recipient is towards the other state that is named
    "Israeli tanks fired at targets in Lebanon.": "ASSAULT ISR LBN",
    "Ethiopia moved troops to the border with Somalia.": "MOBILIZE ETH SOM",
    "Vietnamese soldiers opened fire near the Cambodian border.": "ASSAULT VNM KHM",
    "India sent two divisions to its frontier with China.": "MOBILIZE IND CHN",
    "The United Nations rejected a call for peacekeepers to be deployed in Burundi.": "REJECT IGOUNO BDI",
    # peacekeepers and invitations
    "Fiji sent peacekeepers to Lebanon.": "AID FJI LBN",
    "Ghana will provide peacekeepers for Liberia.": "AGREE GHA LBR",
    "Namibia has invited Angola's president to visit Windhoek in May.": "AGREE NAM AGO",
    "Sweden invited the Polish prime minister to Stockholm.": "AGREE SWE POL",
    # armed groups of the table
    "The Tamil Tigers rejected a ceasefire offer from Sri Lanka's government.": "REJECT LKA LKA",
    "UNITA accused the Angolan government of attacking its positions.": "ACCUSE AGO AGO",
    "ETA threatened to bomb tourist resorts in Spain.": "THREATEN ESP ESP",
    "The Irish Republican Army killed a British soldier in Belfast.": "ASSAULT GBR GBR",
    # aircraft, judges and policemen act for their state
    "A Chilean judge charged three Argentine generals with murder.": "ACCUSE CHL ARG",
    "Israeli helicopters attacked Hezbollah in southern Lebanon.": "ASSAULT ISR LBN",
}


def _side(side: list[dict[str, str | None]]) -> str:
    return "+".join(sorted({party["code"] or "?" for party in side})) or "-"


@pytest.mark.model
@pytest.mark.parametrize("text", SENTENCES)
def test_sentence(nlp, text):
    record = extract(Document(text, id="d", date="2000-01-01"), nlp=nlp)
    found = [json.loads(line) for line in to_plover(record)]
    told = "; ".join(f"{e['event']} {_side(e['actor'])} {_side(e['recipient'])}" for e in found)
    assert told == SENTENCES[text]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Turkish troops killed 12 Kurdish rebels near the Iraqi border.", "MIL"),
        ("Kenyan police arrested 40 students in Nairobi.", "COP"),
        ("Peruvian rebels kidnapped two Japanese engineers.", "REB"),
        ("A Zambian court sentenced two South African spies to prison.", "JUD"),
        ("Bolivia's parliament demanded an apology from Chile.", "LEG"),
        ("Japan gave Kenya a loan of 500 million dollars.", "GOV"),
    ],
)
def test_sector(nlp, text, sector):
    first = json.loads(next(to_plover(extract(Document(text, id="d", date="2000-01-01"), nlp=nlp))))
    assert first["actor"][0]["sector"] == sector
