//! The kinds and levels in the words by which people look for them, in three languages.

use domain::Language::{self, Dutch, English, German};
use domain::vacancies::{Level, VacancyKind};

/// The words that find a kind of vacancy, each with their language.
pub const fn kind_words(kind: VacancyKind) -> [(Language, &'static str); 3] {
    match kind {
        VacancyKind::Internship => [
            (Dutch, "stage stageplaats stageplek"),
            (German, "Praktikum Praktika Praktikumsplatz"),
            (English, "internship"),
        ],
        VacancyKind::GraduationProject => [
            (Dutch, "afstudeeropdracht afstuderen scriptie"),
            (German, "Abschlussarbeit Bachelorarbeit Masterarbeit"),
            (English, "graduation project thesis"),
        ],
        VacancyKind::Traineeship => [
            (Dutch, "traineeship trainee"),
            (German, "Traineeprogramm Trainee"),
            (English, "traineeship trainee"),
        ],
        VacancyKind::StarterJob => [
            (Dutch, "startersfunctie starter"),
            (German, "Berufseinstieg Einstiegsstelle"),
            (English, "starter job"),
        ],
        VacancyKind::SideJob => {
            [(Dutch, "bijbaan bijbaantje"), (German, "Nebenjob Minijob"), (English, "side job")]
        }
    }
}

/// The words that find a level of education, each with their language.
pub const fn level_words(level: Level) -> [(Language, &'static str); 3] {
    let dutch = level.word();
    let (german, english) = match level {
        Level::Mbo2 | Level::Mbo3 | Level::Mbo4 => ("Ausbildung Berufsausbildung", "vocational"),
        Level::AssociateDegree => ("", "ad"),
        Level::Hbo => ("Fachhochschule", "bachelor university applied sciences"),
        Level::WoBachelor => ("Universität Bachelor", "university bachelor"),
        Level::WoMaster => ("Universität Master", "university master"),
    };
    [(Dutch, dutch), (German, german), (English, english)]
}
