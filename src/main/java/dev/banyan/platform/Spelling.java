package dev.banyan.platform;

import module java.base;
import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;

/// Which letters follow which in the languages of the world, learned from ICU's names of countries, languages,
/// currencies, months and days, and from names of people. It tells a word from one that was read in a wrong encoding.
final class Spelling {

    private static final List<String> LANGUAGES = List.of(
            ("de fr es pt it nl da nb sv fi is ca pl cs sk hu ro hr sl sr sq tr az lt lv et ru uk bg mk be el he ar fa th"
                            + " vi ja zh zh_Hant ko")
                    .split(" "));

    /// Names of people have pairs of letters that those of countries lack.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("de", "Jörg Müller Jürgen Schröder Käthe Groß Weiß Strauß Böhm Günther Köhler Schäfer Übel Öhl"),
            Map.entry(
                    "fr",
                    "François Hélène Noël Lefèvre Chloé Zoé Benoît Gaëtan Château Étienne Prévôt Françoise"
                            + " Anaïs Loïc Maïa"),
            Map.entry(
                    "es", "José Núñez Begoña Muñoz María González Martínez Peña Íñigo Ángel Ramón Sofía Jesús Ibáñez"),
            Map.entry(
                    "pt",
                    "João Gonçalves Conceição Simões Camões Luís Assunção Guimarães Inês Antônio Magalhães Amanhã"
                            + " Irmã Maçã Romã Sebastião Leitão"),
            Map.entry("it", "Niccolò Nicolò Forlì Città Cefalù Cantù Perché Libertà"),
            Map.entry("da", "Søren Jørgen Bjørn Kåre Åse Ærø Sørensen Jørgensen Nørgaard Kjær Bøgh Håkon Østergård"),
            Map.entry("sv", "Åsa Björn Håkan Göran Sjöberg Öberg Åberg Märta Söderström Nyström Lindström Sjögren"),
            Map.entry("fi", "Päivi Mäkinen Hämäläinen Väinö Jyväskylä Heikkilä Pöllö Jäärvi Äänekoski"),
            Map.entry("is", "Sigurður Þórður Guðrún Björk Þór Ýr Jón Guðmundsdóttir Þórðarson Ásta Ólafur Hjördís"),
            Map.entry(
                    "pl",
                    "Małgorzata Łukasz Paweł Michał Dąbrowska Wiśniewska Świątek Zieliński Łódź Żaneta Kamiński"
                            + " Gdańsk Poznań Józef Wójcik Jędrzej Grażyna Żółw Piątek Agnieszką Błażej Źrebiec Ślązak Ćwik"),
            Map.entry(
                    "cs",
                    "Jiří Dvořák Růžena Němcová Kučera Šárka Tomáš Lukáš Ondřej Přemysl Zdeněk Černý Žižka Říha"
                            + " Veselý Novotný Procházka Malá Beneš Čapek Štěpán Svoboďan Šťastný Plzeň"),
            Map.entry("sk", "Ľubomír Košice Mária Štefan Žilina Kováčik Jaroslav Ďuriš Ťahan Hlaváč Vŕba Dĺžka"),
            Map.entry(
                    "hu",
                    "Győző Szűcs Erdős Gergő Lőrinc Ernő Jenő Kőszegi Szőke Dezső Győr Szabó László István Péter"
                            + " Kovács Örs Ödön Ágnes Éva Zsófi Tőkés Hűvös Fűzfa Bőr Köves Ősz Űr"),
            Map.entry(
                    "ro",
                    "Ionuț Bănescu Ștefan Brașov Constanța Cătălin Mihăiță Țepeș Iași Bârlea Mureșan Rădulescu"
                            + " Crăciun Moța Năstase Ploiești Călărași Vlădescu"),
            Map.entry(
                    "hr",
                    "Petrović Marković Kovačić Đorđe Šimić Jurić Babić Horvatić Knežević Perić Marić Anđela Žarko"
                            + " Čović Đurić Tomašević Božić Vuković Krešić Ćosić Nikolić Ružić Račić"),
            Map.entry("sl", "Žiga Črt Špela Krajnčan Košir Žagar Zupančič Kovačič Kočevje Jožef"),
            Map.entry(
                    "tr",
                    "Gülşah Yıldız Çağla Şahin İbrahim Öztürk Doğan Ayşe Şule Işık Kılıç Oğuz Çelik Güneş Uğur"
                            + " Yılmaz Aydın Özgür Barış Tuğba Ümit Beşiktaş Eskişehir Akın Şenol Dağ Altıntaş"),
            Map.entry("lt", "Kęstutis Žukauskas Jūratė Šiauliai Rūta Eglė Gediminė Ąžuolas Vyčius Žemaitė Šarūnas"),
            Map.entry("lv", "Jānis Bērziņš Rīga Līga Kristīne Kalniņš Ozoliņa Ģirts Ķekava Ļaudis Pēteris Ēriks"),
            Map.entry("ru", "Анна Иванова Мария Петров Сергей Юлия Наталья Дмитрий Екатерина Щукин Москва Алексей"),
            Map.entry("uk", "Іванна Шевченко Київ Юрій Олексій Їжак Євген Тетяна Ґанок"),
            Map.entry("el", "Γιώργος Παπαδόπουλος Αθήνα Μαρία Ελένη Νίκος Κωνσταντίνος Δημήτρης"),
            Map.entry("he", "שרה לוי דוד כהן משה רחל יעקב אברהם מרים תל אביב חיפה"),
            Map.entry("ar", "محمد علي فاطمة أحمد حسن عبدالله خالد مريم دبي القاهرة مجموعة"),
            Map.entry("th", "สมชาย ใจดี สมหญิง ประเสริฐ กรุงเทพ"),
            Map.entry("ja", "山田太郎 鈴木 佐藤 田中 高橋 東京都 大阪市 花子 株式会社 渋谷区 さくら ゆき コレクション"),
            Map.entry("zh", "王小明 李娜 张伟 刘洋 陈静 北京市 上海 广州 深圳 有限公司"),
            Map.entry("zh_Hant", "王小明 陳美麗 林志 張雅婷 台北市 高雄 有限公司 香港"),
            Map.entry("ko", "김철수 이영희 박지민 서울 부산 최은정 주식회사"));

    private static final int WEIGHT_OF_NAMES = 3;
    private static final int SMOOTHING = 4;

    /// In bits: a letter that the language doesn't have; two of its letters that it never has together.
    private static final double FOREIGN = 16;
    private static final double UNSEEN = 10;
    private static final char EDGE = '_';

    private final Map<Integer, Integer> pairs = new HashMap<>();
    private final Map<Character, Integer> firsts = new HashMap<>();
    private final Map<Character, Integer> letters = new HashMap<>();
    private int all;

    private Spelling() {}

    /// Learned when a list needs it first, which takes a second.
    private static final class Learned {

        private static final List<Spelling> ALL =
                LANGUAGES.parallelStream().map(Spelling::learn).toList();

        private Learned() {}
    }

    private static Spelling learn(String language) {
        var locale = new ULocale(language);
        var names = LocaleDisplayNames.getInstance(locale);
        var dates = new DateFormatSymbols(locale);
        var spelling = new Spelling();
        Stream.of(ULocale.getISOCountries()).map(names::regionDisplayName).forEach(spelling::learnWords);
        Stream.of(ULocale.getISOLanguages())
                .map(names::languageDisplayName)
                .filter(name -> name.length() > 3) // not a code that has no name
                .forEach(spelling::learnWords);
        Currency.getAvailableCurrencies().stream()
                .map(currency -> currency.getName(locale, Currency.LONG_NAME, new boolean[1]))
                .forEach(spelling::learnWords);
        Stream.of(dates.getMonths(), dates.getWeekdays()).flatMap(Stream::of).forEach(spelling::learnWords);
        String people = NAMES.getOrDefault(language, "");
        IntStream.range(0, WEIGHT_OF_NAMES).forEach(_ -> spelling.learnWords(people));
        return spelling;
    }

    /// Old encodings write Romanian with cedillas.
    private void learnWords(String text) {
        char before = EDGE;
        for (char one : (lower(text).replace('ș', 'ş').replace('ț', 'ţ') + EDGE).toCharArray()) {
            char letter = isLetter(one) ? one : EDGE;
            if (letter != EDGE || before != EDGE) {
                pairs.merge(pair(before, letter), 1, Integer::sum);
                firsts.merge(before, 1, Integer::sum);
                letters.merge(letter, 1, Integer::sum);
                all++;
                before = letter;
            }
        }
    }

    private static int pair(char before, char letter) {
        return before << Character.SIZE | letter;
    }

    static boolean isLetter(char one) {
        return one != 'ª'
                && one != 'º'
                && (Character.isLetter(one) || Character.getType(one) == Character.NON_SPACING_MARK);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// Returns how unusual the letters outside of ASCII are in a word, in the language that they fit best: in bits, as
    /// of a code for them.
    static double surprise(String word) {
        String letters = lower(word) + EDGE;
        double least = Double.MAX_VALUE;
        for (Spelling spelling : Learned.ALL) {
            least = Math.min(least, spelling.bits(letters, least));
        }
        return least;
    }

    /// @param most from which on it is too much
    private double bits(String word, double most) {
        double bits = 0;
        char before = EDGE;
        for (int at = 0; at < word.length() && bits < most; at++) {
            char letter = word.charAt(at);
            if (before >= 0x80 || letter >= 0x80) {
                bits += bits(before, letter);
            }
            before = letter;
        }
        return bits;
    }

    private double bits(char before, char letter) {
        double alone = (letters.getOrDefault(letter, 0) + 0.02) / (all + SMOOTHING);
        double after = (pairs.getOrDefault(pair(before, letter), 0) + SMOOTHING * alone)
                / (firsts.getOrDefault(before, 0) + SMOOTHING);
        boolean isKnown = letters.containsKey(letter) && letters.containsKey(before);
        return Math.min(isKnown ? UNSEEN : FOREIGN, -Math.log(after) / Math.log(2));
    }
}
