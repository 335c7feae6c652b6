<1. >
VN  - Ovid Technologies
DB  - Ovid MEDLINE(R) ALL
UI  - 30000001
ST  - MEDLINE
AU  - Ek A
AU  - Ny B
FA  - Ek, Anna
FA  - Ny, Bo
IN  - Ek, Anna. Invented University, Oslo, Norway.
      Ny, Bo. Invented Hospital, Bergen, Norway.
TI  - Peer work in
      invented wards.
SO  - J Invented Care. 12(3 Suppl 1):S4-9; discussion S10, 2018 Jan 05.
AS  - J Invented Care. 12(3 Suppl 1):S4-9, 2018 Jan 05.
NJ  - Journal of invented care
JC  - 0000001
MH  - *Peer Group/px [Psychology]
MH  - Humans
MH  - Hospitals/sn, td [Statistics & Numerical Data, Trends]
KW  - *peers; wards
RN  - 0 (Inventin)
AB  - BACKGROUND: Work.
      METHODS: More work. See https://doi.org/10.5555/cited.
ED  - 20180201
IS  - 1111-1119
ES  - 2222-2227
DO  - https://dx.doi.org/10.5555/own.1
PT  - Journal Article
PT  - Review
LG  - English
DP  - 2018 Jan 05
YR  - 2018

<2. >
VN  - Ovid Technologies
DB  - Ovid MEDLINE(R) ALL
UI  - 30000002
TI  -
TI  - Ahead of print.
SO  - J Invented Care. 2018 May 04
YR  - 2018

