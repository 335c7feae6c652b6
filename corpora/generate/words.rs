//! The words and sentence patterns texts are made of: tables only, no code.
//!
//! Each entry is a letter and its alternatives, separated by `|`; an alternative may hold further slots
//! (`{a}`), so that a table is a small grammar. Words stand in the order of how often they are
//! wanted, the first most; sentences (capital letters) are all taken alike. Digits name what is made up on the spot (see `grammar.rs`).
//! All of it is invented for this corpus; the subject is that of reviews on peer work and co-production
//! in mental health and addiction services.

/// The four kinds of work, by what they are about. The first two are what a review on peer workers in
/// co-production looks for; the other two are what its searches drag along.
pub const FIELDS: [Field; 4] = [
    Field { share: 14, table: PEER },
    Field { share: 20, table: SHARED },
    Field { share: 32, table: MENTAL },
    Field { share: 34, table: GENERAL },
];

/// A kind of work: how many in a hundred there are, and what its slots hold where they differ from `COMMON`.
pub struct Field {
    pub share: u32,
    pub table: Table,
}

/// Letters and their alternatives.
pub type Table = &'static [(u8, &'static str)];

/// Slots all fields share. T title, S subtitle; B background, O objective, M methods, R results,
/// Q conclusion; a adjective, n noun, g gerund, o outcome, d design, w where, j judgement, x statistic. The fields' own: i intervention,
/// s service, p people, c condition, f phrase of the field; K keyword.
pub const COMMON: Table = &[
    (
        b'T',
        "{g} {a} {n} in {s}|{a} {n} and {n} among {p}|{i} for {p} with {c}|effects of {i} on {o} in {p}|{a} {n} of {p} in {s}|{n}, {n} and {o} in {i}|{g} {n} and {n} through {i}|from {n} to {n}: {i} in {w}|{o} after {i} among {p}|{g} {a} {n} with {p}|the {a} {n} of {i} in {s}|how {p} describe {a} {n} in {s}|{a} {o} and {a} {n} in {p} with {c}|{n} as {a} {n} in {s}|{g} {i} for {p} in {w}|{c} and {a} {n} among {p}|between {n} and {n} in {s}|what makes {i} {a}? {n} and {n} in {s}|{a} {i} in {w}|{p} and the {n} of {a} {n}|predictors of {o} in {p} with {c}|{a} {g} of {c} in {s}|{n} and {o} after {c}|towards {a} {n} in {s} for {p}|{7} revisited: {a} {n} in {i}|{6} and {o} in {p} with {c}|the {8} {d} of {i} for {c}|{n} without {n}? {g} {a} {n} in {s}",
    ),
    (
        b'S',
        "a qualitative study|a {a} {d}|a {d} in {w}|{n} from {w}|findings from a {d}|a {d} among {p}|a {a} {d} of {p}|{g} {n} and {n}|the {8} study|perspectives of {p} in {w}|a protocol for a {d}|results of the {8} {d}|a {d} of {n} and {n}|the case of {7}|lessons from {s} in {w}|{1}-month follow-up of a {d}|implications for {s}|a {d} with {1} {p}|the role of {a} {n}|an analysis of {n} in {s}",
    ),
    (
        b'd',
        "qualitative study|randomised controlled trial|scoping review|cross-sectional survey|cohort study|systematic review|mixed-methods study|case study|pilot study|realist evaluation|grounded theory study|longitudinal study|interview study|secondary analysis|cluster randomised trial|meta-analysis|discourse analysis|ethnography|process evaluation|feasibility trial|register study|Delphi study|action research project|narrative review|focus group study|thematic synthesis|document analysis|quasi-experimental study|participatory inquiry|retrospective chart review|network analysis|phenomenological study|economic evaluation|time series analysis|concept analysis|participatory video project|latent class analysis|photovoice project|comparative policy analysis|conversation analysis|validation study|dose-finding trial|crossover trial|diary study|case-control study|umbrella review",
    ),
    (
        b'g',
        "exploring|understanding|developing|evaluating|negotiating|improving|managing|implementing|measuring|supporting|integrating|navigating|sharing|building|rethinking|sustaining|translating|predicting|balancing|enacting|challenging|framing|mapping|preventing|promoting|reclaiming|transforming|questioning|assembling|governing|organising|performing|valuing|locating|unsettling|reducing|mobilising|widening|documenting|recognising|resisting|weaving|safeguarding|scaling|shaping|tailoring|theorising|testing|tracing|unpacking|voicing|witnessing|crafting|bridging|calibrating|contesting|discerning|embedding|fostering|gauging|harnessing|inhabiting|juggling|knowing|legitimising|modelling|narrating|orchestrating|politicising|quantifying|reconciling|screening|stewarding|troubling|uncovering|visualising",
    ),
    (
        b'a',
        "social|clinical|mutual|long-term|relational|early|collaborative|professional|organisational|psychosocial|cultural|emotional|everyday|recovery-oriented|integrated|formal|informal|experiential|ethical|digital|perceived|structural|contextual|moral|narrative|embodied|ambiguous|participatory|family-based|gendered|practical|reciprocal|rural|shared|critical|sustainable|multidisciplinary|competing|democratic|dialogical|distributed|economic|epistemic|existential|fragile|historical|hybrid|implicit|institutional|interpersonal|invisible|local|material|meaningful|national|novel|open|paradoxical|personal|political|pragmatic|preventive|public|reflexive|regional|remote|responsive|rhythmic|routine|school-based|scientific|seasonal|self-reported|situated|stepped|strategic|subjective|symbolic|systemic|tacit|targeted|temporal|territorial|therapeutic|transitional|transparent|tripartite|uncertain|unequal|unmet|voluntary|vulnerable|workplace|adaptive|aesthetic|affective|anticipatory|asynchronous|autonomous|bilateral|bureaucratic|circular|civic|cognitive|coherent|collective|comparative|compassionate|contested|convivial|creative|cumulative|decentralised|deliberative|delayed|diagnostic|disciplinary|discursive|durable|ecological|emergent|empirical|enduring|evidence-based|exploratory|external|feasible|flexible|fluid|generational|global|graded|hidden|holistic|household|humanistic|inclusive|incremental|indirect|intensive|intergenerational|interprofessional|intersectional|iterative|judicial|latent|liminal|linguistic|low-threshold|marginal|municipal|neighbourhood|nocturnal|normative|oral|outpatient|parallel|peripheral|plural|poetic|polyphonic|precarious|procedural|prospective|provisional|radical|residential|retrospective|reversible|ritual|sensory|silent|spatial|spiritual|spontaneous|supervised|tentative|tidal|transcultural|trauma-informed|unspoken|urban|visual",
    ),
    (
        b'n',
        "experiences|recovery|trust|stigma|roles|boundaries|identity|participation|knowledge|power|collaboration|expectations|hope|attitudes|barriers|needs|values|engagement|coping|dignity|inclusion|meaning|relationships|autonomy|loneliness|belonging|responsibility|training|leadership|communication|resilience|burden|care|citizenship|transitions|involvement|recognition|decisions|empowerment|disclosure|outcomes|access|discourses|practices|tensions|dilemmas|perceptions|motivation|narratives|uncertainty|wellbeing|accountability|adherence|advocacy|agency|alliances|ambivalence|attachment|authenticity|biographies|bodies|borders|caring|change|choice|coercion|commitment|communities|compassion|competence|complexity|confidence|conflicts|connectedness|contracts|control|costs|courage|credibility|crises|curiosity|debts|dependence|dialogue|diagnoses|disagreement|discontent|discretion|distance|doubt|emotions|employment|encounters|endings|endurance|equity|evidence|exclusion|failure|fairness|families|fatigue|fear|feedback|freedom|friendship|futures|gifts|gratitude|grief|guidelines|habits|harm|healing|help-seeking|histories|home|hospitality|housing|humour|imagination|incentives|independence|inequality|information|innovation|insight|institutions|intentions|intimacy|isolation|journeys|joy|judgement|justice|kinship|labour|language|law|learning|legacies|legitimacy|listening|literacy|loss|loyalty|markets|memories|metaphors|mistrust|mobility|music|mutuality|negotiation|neighbours|networks|norms|objects|obligations|openness|order|ownership|pathways|patience|pauses|persistence|places|planning|play|poverty|presence|privacy|promises|protocols|quality|readiness|reasons|reciprocity|referral|reflection|refusal|regret|rehabilitation|reintegration|rejection|relapse|reliability|repair|representation|resistance|respect|rest|rhythms|rights|risk|routines|rumours|safety|satisfaction|schedules|secrets|self-esteem|shame|silence|skills|solidarity|space|speech|spirituality|stability|stories|strengths|stress|success|suffering|supervision|surveillance|survival|sympathy|teamwork|technologies|time|tokenism|touch|traditions|transparency|treatment|trajectories|turning points|values|violence|visibility|voices|vulnerability|waiting|wages|wisdom|withdrawal|work|worries|writing|youth culture",
    ),
    (
        b'o',
        "quality of life|depressive symptoms|self-efficacy|hospital admission|social functioning|psychological distress|treatment adherence|symptom severity|personal recovery|health status|job satisfaction|mortality|readmission|anxiety|sleep quality|empowerment scores|service use|cost-effectiveness|functional capacity|abstinence|burnout|physical activity|length of stay|drop-out|perceived stigma|satisfaction with care|social network size|suicidal ideation|days of substance use|employment|housing stability|medication use|retention in treatment|working alliance|cognitive performance|loneliness|pain intensity|relapse|self-rated health|body weight|glycaemic control|blood pressure|carer burden|time to first contact|sickness absence|criminal recidivism|hopefulness|emergency visits|smoking cessation|school attendance|patient activation|fatigue|trust in services|staff turnover|waiting time|overdose|unmet needs|attachment security|health literacy|waist circumference",
    ),
    (
        b'w',
        "Norway|the United Kingdom|Sweden|the Netherlands|Australia|Canada|Denmark|{7}|a Norwegian municipality|the United States|England|two counties|Scotland|Finland|New Zealand|Germany|rural {7}|Ireland|Spain|Italy|the {7} region|Brazil|South Africa|India|Japan|Hong Kong|northern {7}|Belgium|Switzerland|Wales|Kenya|Chile|Uganda|Israel|Portugal|Iceland|France|greater {7}|Austria|Poland|Tanzania|Nepal|Singapore|Turkey|Iran|Mexico|post-war {7}|Estonia|Ghana|Colombia",
    ),
    (
        b'B',
        "Little is known about {n} and {n} among {p}.|{i} has been proposed as a way to improve {o} in {p}.|Despite growing interest in {i}, evidence on {o} is limited.|{c} is associated with {a} {n} and poor {o}.|Services for {p} are often fragmented, and {a} {n} remains rare.|Over the last decades, policy in {w} has called for {a} {n} in {s}.|Research on {i} has mainly dealt with {n}, while {a} {n} has received less attention.|{p} report {a} {n} and need help from {s}.|The {n} of {p} with {c} depends on {a} {n} and on {n}.|In {w}, about {1}% of {p} live with {c}.|Earlier reviews of {i} included few studies from {w}.|{a} {n} is a central idea in {s}, yet its {n} is disputed.|Since {5}, {s} in {w} have been reorganised around {a} {n}.|Few instruments measure {a} {n} in {p}.|The theory of {6} {n} suggests that {a} {n} shapes {o}.|{9} and colleagues argued that {n} and {n} are intertwined.|Inequalities in {o} persist between {p} and others.|{f} may change how {s} understand {n}.",
    ),
    (
        b'O',
        "The aim of this study was to explore {n} and {n} in {i} for {p}.|We aimed to examine whether {i} improves {o} in {p} with {c}.|This article discusses how {a} {n} is understood in {s}.|The purpose was to describe how {p} experience {i} and {a} {n}.|We investigated the association between {a} {n} and {o} in {p}.|This review maps the literature on {i} in {s}.|The objective was to develop and test a {a} model of {i}.|To compare {o} after {i} with that after {a} care in {p}.|We asked how {n} and {n} are negotiated when {p} meet {s}.|This paper examines what {f} means for {s} in {w}.",
    ),
    (
        b'M',
        "Semi-structured interviews were carried out with {1} {p} in {w}.|A {d} was conducted in {s} in {5}.|{p} ({x}) were recruited from {s} in {w}.|Data were analysed by means of thematic analysis, with {n} and {n} as sensitising concepts.|Participants were randomly assigned to {i} (n = {1}) or to {a} care (n = {1}).|We searched {1} databases for studies published since {5}.|The {8}-{1} scale was used to measure {o} at baseline and after {1} months.|Logistic regression was used to estimate the association of {a} {n} with {o}, adjusting for age, sex and {c}.|Field notes, {a} documents and {1} focus groups were coded by two researchers.|The sample consisted of {2} {p}, of whom {1}% were women.|Outcomes were {o}, {o} and {o}.|Interviews were transcribed verbatim and analysed in {a} steps following {9}.|Two reviewers independently screened {2} records and included {1} studies.|Register data on {2} {p} were linked to {a} data on {o}.|The intervention consisted of {1} sessions of {i} over {1} weeks.|The {7} questionnaire was answered by {2} {p} in {1} {s}.|Costs were calculated from the perspective of {s}.|A {a} group of {p} advised the researchers throughout the study.",
    ),
    (
        b'R',
        "Participants described {a} {n}, {a} {n} and {n} as central to {i}.|{o} improved in the group that received {i} ({x}).|There was no difference in {o} between the groups ({x}).|Three themes were identified: {a} {n}, {n} and {n}, and {g} {n}.|Four themes emerged: {g} {n}; {a} {n}; {n} as {n}; and {n} between {p} and {s}.|{a} {n} predicted {o} after {1} months ({x}).|In all, {1}% of {p} reported {a} {n}, compared with {1}% of those without {c}.|The prevalence of {c} was {1}.{1}% in {w} and {1}.{1}% in {w}.|Of {2} {p}, {1}% completed the follow-up.|{p} with {c} had lower scores on {o} than {p} ({x}).|{1} studies from {w} were included, most of them concerned with {n}.|{a} {n} was hindered by {n} and {n}, and furthered by {a} {n}.|Staff found {n} difficult to reconcile with {a} {n} in {s}.|The effect on {o} was larger for {p} than for {p}.|{o} correlated with {o} (r = {3}) and with {a} {n} (r = {3}).|Levels of {6} were raised in {1}% of {p} with {c} ({x}).|Cronbach's alpha of the {8} was {3}, and test-retest reliability {3}.|The incremental cost was {2} euros per person, with a gain of {3} in {o}.|{f} was mentioned in {1} of {1} interviews.|In {7}, {p} spoke of {a} {n} as a matter of {n}.|Adverse events occurred in {1} {p} who received {6}.",
    ),
    (
        b'Q',
        "{i} may improve {o} in {p}, but {a} {n} needs further study.|The findings suggest that {a} {n} is a condition for {n} in {s}.|More research is needed on {n} and {n} among {p}.|{s} should make room for {a} {n} and for {n}.|We conclude that {i} is feasible and {j} for {p} with {c}.|Implications for {s} and for {a} policy in {w} are discussed.|These results support the use of {i} in {s}.|{a} {n} ought to be part of the training of those who work in {s}.|The study shows the value of {f} for {p}.|Future trials should include {p} and measure {o}.|The {8} is a {j} instrument for measuring {o}.|Attention to {a} {n} and to {o} could strengthen {s} in {w}.",
    ),
    (b'j', "acceptable|safe|useful|promising|valid|helpful|reliable|effective|affordable|suitable"),
    (
        b'x',
        "p {4}|n = {2}|mean {1}.{1}, SD {1}.{1}|OR = 1.{1}, 95% CI 1.0{1} to 2.{1}|mean age {1} years|beta = {3}, p {4}|RR = {3}, 95% CI 0.{1} to 1.{1}|F = {1}.{1}, p {4}|d = {3}",
    ),
    (b'i', "usual care|education"),
    (b's', "health services|primary care"),
    (b'p', "adults|patients|older people|young people|women|families|students|carers|nurses"),
    (b'c', "chronic illness|depression"),
    (
        b'f',
        "user involvement|shared decision making|continuity of care|person-centred care|integrated care|collaboration between sectors|patient participation|early intervention|lived experience|social innovation|interprofessional cooperation|family involvement|participatory design|digital follow-up",
    ),
    (b'K', "{n}|{a} {n}|{i}|{c}|{o}|{f}|{d}|{s}"),
];

const PEER: Table = &[
    (
        b'i',
        "peer support|peer support work|lived experience work|peer mentoring|co-production with peer workers|peer provided services|peer recovery support services|peer education|co-creation with experts by experience|peer-led groups|mutual peer support|peer advocacy|intentional peer support|peer navigation|peer listening|employing peer providers|online peer support|consumer-provided services|peer supported open dialogue|recovery college courses|the work of the peer advocate|peer coaching",
    ),
    (
        b's',
        "mental health services|community mental health services|substance use services|recovery services|addiction services|municipal services|statutory mental health services|third sector organisations|peer-run organisations|public services|crisis services|recovery colleges|social services|inpatient wards|forensic services|supported housing|assertive community treatment teams|a peer recovery support service",
    ),
    (
        b'p',
        "peer support workers|peer workers|people with lived experience|service users|adults with severe mental illness|peer providers|people in recovery|peer mentors|mental health nurses|young people|clinicians|experts by experience|people with substance use problems|peer educators|managers|carers|veterans|consumers|peer specialists|mothers with lived experiences|persons who hear voices|prosumers|homeless people|peer advocates|social workers",
    ),
    (
        b'c',
        "severe mental illness|substance use disorder|co-occurring disorders|psychosis|depression|alcohol dependence|bipolar disorder|self-stigma|opioid use|loneliness|schizophrenia|trauma|eating disorders|homelessness",
    ),
    (
        b'f',
        "peer support|lived experience|peer support from someone with lived experience|the role of the peer support worker (PSW)|co-production|collaboration between peer workers and clinicians|the expert by experience|co-creation|cocreation of services|being both peer mentor and colleague|participation on equal terms|peer listening|coproduction|working as a peer educator|integration of peer workers in teams|a peer provider in the team|the peer advocate|peer workers as a boundary spanner between users and staff|the PSW role|the prosumer movement|social innovation|collaborative innovation|a co-produced curriculum|the enducer of change|cooperation with a third sector organisation|a statutory mental health service|a peer recovery support service|social health care",
    ),
];

const SHARED: Table = &[
    (
        b'i',
        "co-production|collaborative care|service integration|co-creation|participatory planning|user involvement|interprofessional collaboration|shared decision making|social innovation|case management|integrated care|network meetings|open dialogue|coproduction of welfare|cooperation across sectors|public service innovation|co-design|collaborative governance|social prescribing|community participation|volunteer programmes|individual placement and support",
    ),
    (
        b's',
        "public services|social services|municipal health services|community mental health services|primary health care|the public sector|social work|welfare services|third sector organisations|local authorities|addiction services|child welfare|health and social care|public care services|voluntary organisations|specialist services|recovery services|home care|rehabilitation services|social health care",
    ),
    (
        b'p',
        "service users|social workers|professionals|citizens|managers|older people|families|municipal employees|refugees|policy makers|general practitioners|volunteers|young adults|people with disabilities|nurses|community members|students|patients|unemployed people|stakeholders|case managers|parents|leaders",
    ),
    (
        b'c',
        "mental health problems|complex needs|long-term unemployment|disability|substance use|dementia|poverty|chronic illness|multimorbidity|intellectual disability|social exclusion|family conflict|long-term conditions",
    ),
    (
        b'f',
        "co-production|collaboration between professionals and citizens|participation in service development|integrated services|cooperation between sectors|co-creation|coproduction|social innovation|cocreation|collaborative innovation|the boundary spanner|user participation|municipal innovation|a third sector organisation|public service reform|participatory budgeting|collaborative learning|integration of care|lived experience|a social service|an addiction service|mental health work in municipalities|prosumption",
    ),
];

const MENTAL: Table = &[
    (
        b'i',
        "cognitive behavioural therapy|psychoeducation|motivational interviewing|mindfulness training|family therapy|case management|psychotherapy|antidepressant treatment|internet-delivered treatment|early intervention|supported employment|physical exercise|group therapy|crisis resolution|opioid agonist treatment|acceptance and commitment therapy|music therapy|lithium treatment|school mental health promotion|contingency management|relapse prevention|telephone follow-up|suicide prevention|{6} augmentation|interpersonal therapy|residential treatment|cognitive remediation|art therapy",
    ),
    (
        b's',
        "mental health services|outpatient clinics|psychiatric hospitals|primary care|mental health care|schools|prisons|addiction services|emergency departments|acute wards|general practice|child and adolescent services|community teams|recovery services|specialist services|day centres|universities|nursing homes|military services|primary health care",
    ),
    (
        b'p',
        "patients|adolescents|adults|outpatients|young people|inpatients|university students|women|children|older adults|veterans|carers|prisoners|refugees|mothers|siblings|men|health workers|first-episode patients|psychiatrists|teachers|homeless people|twins|foster children|police officers|migrants",
    ),
    (
        b'c',
        "depression|schizophrenia|anxiety disorders|psychosis|bipolar disorder|alcohol use disorder|post-traumatic stress disorder|borderline personality disorder|substance use disorders|eating disorders|suicidal behaviour|opioid dependence|attention-deficit/hyperactivity disorder|obsessive-compulsive disorder|insomnia|panic disorder|self-harm|cannabis use|autism|postnatal depression|gambling disorder|dual diagnosis|social phobia|treatment-resistant depression|somatic symptom disorder|grief|delirium|binge drinking",
    ),
];

const GENERAL: Table = &[
    (
        b'i',
        "health promotion|self-management|nurse-led follow-up|exercise training|screening|rehabilitation|home visits|telemonitoring|advance care planning|palliative care|dietary counselling|vaccination|medication review|{6} therapy|peer education|integrated care|discharge planning|smoking cessation|health coaching|{6} supplementation|day surgery|physiotherapy|school meals|patient education|mobile health applications|breastfeeding support|triage|hand hygiene",
    ),
    (
        b's',
        "primary health care|hospitals|nursing homes|general practice|intensive care units|community pharmacies|schools|home care|maternity care|outpatient clinics|rural clinics|health centres|emergency departments|rehabilitation units|workplaces|municipal health services|public health services|cancer care|dental clinics|hospices",
    ),
    (
        b'p',
        "patients|older adults|nurses|children|women|adults|caregivers|adolescents|general practitioners|pregnant women|students|men|health professionals|cancer survivors|residents|employees|midwives|parents|physicians|immigrants|athletes|newborns|farmers|bus drivers|school nurses|smokers",
    ),
    (
        b'c',
        "diabetes|heart failure|hypertension|cancer|stroke|asthma|chronic pain|obesity|dementia|HIV infection|COPD|hip fracture|arthritis|tuberculosis|COVID-19|low back pain|kidney disease|epilepsy|hepatitis C|malnutrition|coronary disease|Parkinson's disease|multiple sclerosis|fibromyalgia|urinary incontinence|{6} deficiency|sepsis|dental caries",
    ),
];

/// A language other than English: its name, its MARC code, what titles in it are made of (T title; N noun,
/// A adjective, S setting, P people, D design) and its journals, each with its abbreviation.
pub struct Language {
    pub name: &'static str,
    pub code: &'static str,
    pub table: Table,
    pub journals: &'static [(&'static str, &'static str)],
}

/// The languages of the works that are not in English.
pub const LANGUAGES: &[Language] = &[
    Language {
        name: "German",
        code: "ger",
        table: &[
            (
                b'T',
                "{N} und {N} in der {S}|{A} {N} bei {P}|Die Bedeutung von {N} für {P}|{N}, {N} und {N}: eine {D}|Zum Verhältnis von {N} und {N} in der {S}",
            ),
            (
                b'N',
                "Genesung|Teilhabe|Vertrauen|Beteiligung|Erfahrung|Anerkennung|Zusammenarbeit|Stigmatisierung|Verantwortung|Zugehörigkeit|Rückfälle|Selbsthilfe|Begegnung|Zwang|Lebensqualität|Arbeit|Einsamkeit|Hoffnung|Würde|Sprache",
            ),
            (b'A', "Soziale|Berufliche|Gemeinsame|Familiäre|Ärztliche|Seelische|Frühe|Langfristige|Kulturelle|Psychische"),
            (b'S', "Gemeindepsychiatrie|Sozialarbeit|Suchthilfe|Pflege|Hausarztpraxis|Stadt {7}|Jugendhilfe|Region {7}|Altenpflege"),
            (
                b'P',
                "Angehörigen|Patienten mit Depression|Jugendlichen|Genesungsbegleitern|psychisch erkrankten Menschen|Pflegenden|Älteren",
            ),
            (b'D', "qualitative Studie|Übersicht|Befragung in {7}|Fallstudie|Längsschnittstudie"),
        ],
        journals: &[
            ("Zeitschrift für Gemeindepsychiatrie und Soziales", "Z Gemeindepsychiatr Soz"),
            ("Archiv für Pflege und Genesung", "Arch Pflege Genes"),
        ],
    },
    Language {
        name: "Norwegian",
        code: "nor",
        table: &[
            (b'T', "{N} og {N} i {S}|{A} {N} blant {P}|Betydningen av {N} for {P}|{N}, {N} og {N}: en {D}|Om {N} og {N} i {S}"),
            (
                b'N',
                "Bedring|Medvirkning|Tillit|Samskaping|Erfaringskunnskap|Anerkjennelse|Samarbeid|Skam|Ansvar|Tilhørighet|Tilbakefall|Selvhjelp|Møter|Tvang|Livskvalitet|Arbeid|Ensomhet|Håp|Verdighet|Språk",
            ),
            (b'A', "Sosial|Faglig|Felles|Kommunal|Psykisk|Tidlig|Langvarig|Kulturell|Gjensidig|Økonomisk"),
            (
                b'S',
                "kommunale tjenester|psykisk helsearbeid|rusomsorgen|sykehjem|fastlegepraksis|{7} kommune|barnevernet|skolehelsetjenesten",
            ),
            (b'P', "pårørende|pasienter med depresjon|ungdom|erfaringskonsulenter|mennesker med rusproblemer|sykepleiere|eldre"),
            (b'D', "kvalitativ studie|litteraturgjennomgang|spørreundersøkelse i {7}|casestudie|oppfølgingsstudie"),
        ],
        journals: &[
            ("Nordisk tidsskrift for helse og medvirkning", "Nord Tidsskr Helse Medvirk"),
            ("Tidsskrift for kommunalt psykisk arbeid", "Tidsskr Kommun Psyk Arb"),
        ],
    },
    Language {
        name: "Spanish",
        code: "spa",
        table: &[
            (b'T', "{N} y {N} en {S}|{N} {A} en {P}|La importancia de {N} para {P}|{N}, {N} y {N}: {D}|Sobre {N} y {N} en {S}"),
            (
                b'N',
                "Recuperación|Participación|Confianza|Colaboración|Experiencia|Reconocimiento|Autonomía|Estigma|Responsabilidad|Pertenencia|Recaída|Autoayuda|Encuentro|Coerción|Calidad de vida|Trabajo|Soledad|Esperanza|Dignidad|Lenguaje",
            ),
            (b'A', "social|profesional|común|familiar|clínica|precoz|prolongada|cultural|psíquica"),
            (
                b'S',
                "los servicios de salud mental|el trabajo social|la atención primaria|el hospital de {7}|la comunidad de {7}|las residencias|la escuela",
            ),
            (b'P', "familiares|pacientes con depresión|adolescentes|agentes de apoyo mutuo|personas mayores|enfermeras"),
            (b'D', "un estudio cualitativo|una revisión|una encuesta en {7}|un estudio de caso|un seguimiento"),
        ],
        journals: &[("Revista de salud y participación", "Rev Salud Particip"), ("Anales de atención comunitaria", "An Aten Comunitaria")],
    },
    Language {
        name: "French",
        code: "fre",
        table: &[
            (b'T', "{N} et {N} dans {S}|{N} {A} chez {P}|Le sens de {N} pour {P}|{N}, {N} et {N} : {D}|À propos de {N} et {N} dans {S}"),
            (
                b'N',
                "Rétablissement|Participation|Confiance|Coopération|Expérience|Reconnaissance|Autonomie|Stigmatisation|Responsabilité|Appartenance|Rechute|Entraide|Rencontre|Contrainte|Qualité de vie|Travail|Solitude|Espoir|Dignité|Parole",
            ),
            (b'A', "sociale|professionnelle|partagée|familiale|clinique|précoce|durable|culturelle|psychique"),
            (b'S', "les services de santé mentale|le travail social|les soins primaires|la région de {7}|les maisons de retraite|l'école"),
            (b'P', "les proches|les patients déprimés|les adolescents|les pairs aidants|les personnes âgées|les infirmières"),
            (b'D', "une étude qualitative|une revue|une enquête à {7}|une étude de cas|un suivi"),
        ],
        journals: &[
            ("Cahiers de santé et de participation", "Cah Sante Particip"),
            ("Annales du soin communautaire", "Ann Soin Communaut"),
        ],
    },
];

/// Titles of columns that return issue after issue: equal titles that say nothing.
pub const COLUMNS: &str = "Editorial|Editor's Comments|Book reviews|In this issue|Letter to the editor|Introduction|Editorial Notes|Keynote address|Foreword|Correspondence|Guest editorial|News and notes";

/// Pairs of words that make two trials of one: the whole difference between two titles.
pub const ONE_WORD_PAIRS: &[(&str, &str)] = &[
    ("adult", "adolescent"),
    ("male", "female"),
    ("urban", "rural"),
    ("low-dose", "high-dose"),
    ("inpatient", "outpatient"),
    ("sensitive", "resistant"),
    ("first", "second"),
    ("public", "private"),
];
