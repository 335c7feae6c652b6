//! The names of people, journals, publishers and places: tables only, no code.

/// Surnames as they stand, most frequent first.
pub const SURNAMES: &str = "Hansen|Smith|Johansen|Andersson|Wang|Jones|Müller|Brown|Olsen|García|Nilsen|Davidson|Larsson|Li|Williams|Jensen|Patel|Taylor|Schmidt|Kim|Karlsson|O'Brien|Silva|Davies|Sørensen|Martínez|Chen|Murphy|Solberg|Singh|Wilson|Eriksen|Kaur|Nguyen|Björk|Evans|Walker|Rossi|Fernández|Dahl|McCabe|Roberts|Lindström|Ahmed|Clarke|Åsberg|Tanaka|Hughes|Pérez|Bakke|Lewis|Kowalski|Hagen|Khan|Robinson|Moen|Östlund|White|Santos|Nygård|Baker|Haugen|Suzuki|Fischer|Cohen|Rasmussen|Thompson|Dubois|Mæland|Mitchell|Hall|Ferreira|Kristiansen|Green|Wright|Ibrahim|Turner|Zhang|Campbell|Strand|Edwards|Papadopoulos|Ødegård|Cooper|Virtanen|Morgan|Weber|Sandvik|Reid|Novák|Ali|Ward|Henriksen|Kelly|López|Lund|Scott|Yamamoto|Berg|Bell|Costa|Watson|Öberg|Gray|Lie|Stewart|Popescu|Foster|Horváth|Ross|Tveit|Price|Okafor|Bennett|Vik|Ryan|Mensah|Holm|Shaw|Aas|Gibson|Park|Næss|Hunter|Yılmaz|Cole|Moreau|Hart|Lee-Smith|Aune|Fox|Bianchi|Wood|Toft|Ng|Wu|Ek|Le";

/// Two halves a rarer surname is put together from.
pub const SURNAME_HEADS: &str = "Berg|Lind|Stein|Nord|Sund|Vest|Øst|Fjell|Skog|Haug|Bjørk|Gran|Lang|Hol|Brat|Grøn|Kirk|Ash|Whit|Black|Har|El|Rosen|Gold|Klein|Hof|Wald|Eck|Wein|Brand|Ol|Pet|Mar|Kal|Dob|Tver|Zel|Vas|Kov|Nak|Mori|Fuji|Yama|Taka|Oka|Aki|Ram|Sub|Chan|Gup|Var|Mac|Fitz|Car|Mont|Val|Cas|Bel|Del|Per|Rod|Mor|Ben|Ibn|Abu|Had|Kar|Sal|Thor|Gud|Ein|Sig|Räs|Hei|Kor|Nie|Mäk|Laak";
pub const SURNAME_TAILS: &str = "land|berg|ström|stad|vik|ton|ley|wood|field|heim|bach|mann|stein|feld|dal|moen|rud|set|nes|skog|by|quist|holm|gren|sen|son|ova|enko|ski|wicz|moto|shima|zaki|gawa|mura|nathan|anian|aldo|ero|ilho|etti|ini|oni|ard|eau|ier|ault|ira|eda|aki|inen|la|nen|idis|oglu|zadeh";

/// Words in front of some surnames, which databases keep, move or drop.
pub const PARTICLES: &str = "van der|de|Le|von|van|di|el|da|den|ten";

/// Given names, most frequent first.
pub const GIVEN_NAMES: &str = "Anne|John|Maria|David|Kari|Michael|Sarah|Anna|Peter|Ingrid|Elizabeth|Lars|James|Marit|Emma|Robert|Eva|Thomas|Laura|Erik|Julia|Mark|Ole|Helen|Daniel|Karin|Paul|Jane|Martin|Sofia|Hanne|Andrew|Mary|Jan|Lisa|Simon|Wei|Nina|Stephen|Marta|Bjørn|Rachel|Carlos|Katarzyna|Yuki|Ahmed|Françoise|José|Zoë|Åse|Trond|Susan|Henrik|Fatima|Matthew|Li|Priya|Geir|Alice|Jonas|Chloë|Siri|Olga|Philip|Catherine|Rune|Ruth|Mohammed|Beate|Louise|George|Tone|Hiroshi|Isabel|Kevin|Astrid|Ewa|Neil|Victoria|Kwame|Liv|Dag|Jürgen|Marie-Claire|Torill|Patrick|Ana|Graham|Ragnhild|Xin|Oliver|Solveig|Ricardo|Hilde|Jean-Pierre|Amina|Ian|Lena|Per|Charlotte|Tor|Giulia|Ryan|Berit|Noor|Ida|Ewan|Vilde|Petra|Kim|Sandra|Nils|Agnes|Leif|Monica|Ravi|Gro|Samuel|Elin";

/// Groups that sign as authors.
pub const GROUPS: &str =
    "{8} Study Group|{7} Recovery Network|Norwegian Board of Peer Work|{8} Investigators|{7} Collaborative|Council for Co-production";

/// How a journal's name is built round a subject: name, abbreviation.
pub const JOURNAL_FORMS: &[(&str, &str)] = &[
    ("Journal of {}", "J {}"),
    ("International Journal of {}", "Int J {}"),
    ("{} Research", "{} Res"),
    ("Scandinavian Journal of {}", "Scand J {}"),
    ("European Journal of {}", "Eur J {}"),
    ("British Journal of {}", "Br J {}"),
    ("{} Review", "{} Rev"),
    ("Advances in {}", "Adv {}"),
    ("Archives of {}", "Arch {}"),
    ("Annals of {}", "Ann {}"),
    ("Canadian Journal of {}", "Can J {}"),
    ("Open {}", "Open {}"),
    ("Nordic Journal of {}", "Nord J {}"),
    ("{} Quarterly", "{} Q"),
    ("Asian Journal of {}", "Asian J {}"),
    ("{}: An International Journal", "{}"),
    ("{} and Society", "{} Soc"),
    ("Current Topics in {}", "Curr Top {}"),
];

/// Subjects of journals, most productive first: name, abbreviation.
pub const JOURNAL_SUBJECTS: &[(&str, &str)] = &[
    ("Mental Health", "Ment Health"),
    ("Community Psychiatry", "Community Psychiatry"),
    ("Social Work", "Soc Work"),
    ("Primary Health Care", "Prim Health Care"),
    ("Psychiatric Nursing", "Psychiatr Nurs"),
    ("Public Health", "Public Health"),
    ("Recovery and Rehabilitation", "Recovery Rehabil"),
    ("Health Services", "Health Serv"),
    ("Addiction", "Addict"),
    ("Clinical Psychology", "Clin Psychol"),
    ("Integrated Care", "Integr Care"),
    ("Public Management", "Public Manag"),
    ("Substance Use", "Subst Use"),
    ("Nursing", "Nurs"),
    ("Health Policy", "Health Policy"),
    ("Psychosis", "Psychosis"),
    ("Qualitative Inquiry", "Qual Inq"),
    ("Family Medicine", "Fam Med"),
    ("Disability", "Disabil"),
    ("Interprofessional Practice", "Interprof Pract"),
    ("Child and Adolescent Psychology", "Child Adolesc Psychol"),
    ("Epidemiology", "Epidemiol"),
    ("Social Policy", "Soc Policy"),
    ("Psychopharmacology", "Psychopharmacol"),
    ("Gerontology", "Gerontol"),
    ("Welfare", "Welf"),
    ("Cardiovascular Nursing", "Cardiovasc Nurs"),
    ("Diabetes", "Diabetes"),
    ("Oncology Practice", "Oncol Pract"),
    ("Medical Education", "Med Educ"),
    ("Occupational Therapy", "Occup Ther"),
    ("Behavioral Medicine", "Behav Med"),
    ("Participatory Design", "Particip Des"),
    ("Ethics and Law", "Ethics Law"),
    ("Palliative Medicine", "Palliat Med"),
    ("Health Economics", "Health Econ"),
];

/// Publishers: name, town, country.
pub const PUBLISHERS: &[(&str, &str, &str)] = &[
    ("Northgate Press", "London", "England"),
    ("Elm & Wicker", "New York", "United States"),
    ("Fjord Academic", "Oslo", "Norway"),
    ("Springfield Science", "Dordrecht", "Netherlands"),
    ("Harbour Medical", "Boston, Mass.", "United States"),
    ("Saga Publications", "Stockholm", "Sweden"),
    ("Lindenverlag", "Berlin", "Germany"),
    ("Open Shelf", "Basel", "Switzerland"),
    ("Ridgeway University Press", "Cambridge", "England"),
    ("Wattle House", "Melbourne", "Australia"),
];

/// Institutions authors work at; `{7}` becomes a town.
pub const INSTITUTIONS: &str = "University of {7}|Department of Psychiatry, {7} University Hospital|School of Social Work, University of {7}|{7} University College|Centre for Recovery Studies, {7}|Department of Public Health, University of {7}|{7} Municipality|Institute of Health and Society, {7}|{7} Research Institute";
