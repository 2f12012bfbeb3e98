package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Changes;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Owner;
import dev.banyan.shortlinks.Routing.Utm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortLinkCsvTest {

    private static final AccountId ACCOUNT = new AccountId(new UUID(0, 1));

    private static ShortLink link(String title, Utm utm) {
        return new ShortLink(
                new ShortLinkId(new UUID(0, 2)),
                new Owner(ACCOUNT, ACCOUNT),
                "spring",
                "https://shop.example/?a=1,2",
                title,
                List.of("one", "two"),
                true,
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                new Routing(utm, List.of(), 1, List.of(), "", Routing.Chat.NONE, false),
                Instant.EPOCH);
    }

    private static String written(ShortLink link) throws IOException {
        var out = new ByteArrayOutputStream();
        ShortLinkCsv.write(last -> last.isEmpty() ? List.of(link) : List.of(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> utm(Changes<ShortLink> patch) {
        return Stream.of(
                        ShortLinkChange.UTM_SOURCE,
                        ShortLinkChange.UTM_MEDIUM,
                        ShortLinkChange.UTM_CAMPAIGN,
                        ShortLinkChange.UTM_TERM,
                        ShortLinkChange.UTM_CONTENT)
                .flatMap(field -> patch.get(field).stream())
                .toList();
    }

    /// Spreadsheets run such text as formulas.
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\";\"x\")", "\t=1"})
    void noCellIsAFormula(String typed) throws IOException {
        String csv = written(link(typed, new Utm(typed, typed, typed, typed, typed)));

        CsvReader.builder()
                .ofCsvRecord(csv.substring(1))
                .forEach(record ->
                        record.getFields().forEach(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\\t\\r-].*")));
        assertThat(csv).contains("'" + typed.replace("\"", "\"\""));
    }

    private static ShortLinkCsv.Line read(String csv) {
        var lines = new ArrayList<ShortLinkCsv.Line>();
        assertThat(ShortLinkCsv.read(CsvText.of(csv), "Asia/Dubai", _ -> {}, lines::add))
                .isEmpty();
        return lines.getFirst();
    }

    private static Optional<String> broken(String csv) {
        return ShortLinkCsv.read(CsvText.of(csv), "", _ -> {}, _ -> {});
    }

    private static List<String> leftOut(String csv) {
        var columns = new ArrayList<String>();
        ShortLinkCsv.read(CsvText.of(csv), "", found -> columns.addAll(found.leftOut()), _ -> {});
        return columns;
    }

    @Test
    void whatIsExportedCanBeImported() throws IOException {
        String csv = written(link("Spring, \"new\"\nline", new Utm("a", "b", "c", "d", "e")));

        ShortLinkCsv.Line line = read(csv);
        assertThat(leftOut(csv)).isEmpty();
        assertThat(line.slug()).contains("spring");
        assertThat(line.patch().get(ShortLinkChange.TARGET)).contains("https://shop.example/?a=1,2");
        assertThat(line.patch().get(ShortLinkChange.TITLE)).contains("Spring, \"new\"\nline");
        assertThat(line.patch().get(ShortLinkChange.TAGS)).contains(List.of("one", "two"));
        assertThat(line.patch().get(ShortLinkChange.CLICKS)).contains(7L);
        assertThat(line.patch().get(ShortLinkChange.CREATED)).contains(Instant.EPOCH);
        assertThat(utm(line.patch())).containsExactly("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-50% sale", "+1", "@home", "=1+1", "＝1", "'-50% sale", "''=1", "'tis", "'", "5 - 3"})
    void itComesBackAsItWas(String typed) throws IOException {
        Changes<ShortLink> patch = read(written(link(typed, new Utm(typed, typed, typed, typed, typed))))
                .patch();
        assertThat(patch.get(ShortLinkChange.TITLE)).contains(typed);
        assertThat(utm(patch)).hasSize(5).containsOnly(typed);
    }

    @ParameterizedTest
    @CsvSource({
        "archived, TRUE, false",
        "banned, true, false",
        "archived, FALSE,",
        "Enabled, no, false",
        "Enabled, 1,",
        "status, Disabled, false",
        "link_status, disabled, false",
        "status, inactive, false",
        "Status, Expired, false",
        "state, deleted, false",
        "Status, abgelaufen, false",
        "Estado, Caducado, false",
        "disabledAt, 2026-01-02T10:00:00Z, false",
        "deleted_at, 0000-00-00 00:00:00,",
        "status, active,",
        "status, 301,"
    })
    void whatLedNowhereElsewhereIsOffHere(String column, String cell, Boolean active) {
        ShortLinkCsv.Line line = read("slug,url," + column + "\nold,https://a.example/," + cell);
        assertThat(line.patch().get(ShortLinkChange.ACTIVE)).isEqualTo(Optional.ofNullable(active));
        assertThat(line.problem()).isEmpty();
    }

    @Test
    void whatBelongsToALinkElsewhereComesAlong() {
        ShortLinkCsv.Line shortIo = read(
                "Short URL,Original URL,Expires at,Expired URL\ngo.example/s,https://a.example/s,2030-01-01,a.example/over");
        assertThat(shortIo.patch().get(ShortLinkChange.FALLBACK)).contains("https://a.example/over");
        ShortLinkCsv.Line rebrandly = read("slashtag,destination,forwardParameters\nr,https://a.example/r,TRUE");
        assertThat(rebrandly.patch().get(ShortLinkChange.FORWARD_QUERY)).contains(true);
        ShortLinkCsv.Line kutt = read("address,target,expire_in\nk,https://a.example/k,2025-01-02T03:04:05.000Z");
        assertThat(kutt.patch().get(ShortLinkChange.ENDS_AT)).contains("2025-01-02T03:04:05Z");
        ShortLinkCsv.Line bitly =
                read("Bitlinks,Clicks and Scans,Destination URL\nhttps://bit.ly/4aBcD,12,https://a.example/c");
        assertThat(bitly.slug()).contains("4aBcD");
        assertThat(bitly.patch().get(ShortLinkChange.CLICKS)).contains(12L);
    }

    /// Without its limit it would be open to everyone for good.
    @ParameterizedTest
    @CsvSource({
        "maxVisits, 100, 100",
        "meta.maxVisits, 1, 1",
        "clicksLimit, 1.0, 1",
        "Max clicks, '1,000', 1000",
        "Klicklimit, 5, 5",
        "maxVisits, unlimited,",
        "maxVisits, null,",
        "maxVisits, some, -1"
    })
    void aLimitOfClicksComesAlong(String column, String cell, Long limit) {
        String csv = "shortCode\tlongUrl\t" + column + "\nlim\thttps://a.example/\t" + cell;
        assertThat(read(csv).patch().get(ShortLinkChange.CLICK_LIMIT)).isEqualTo(Optional.ofNullable(limit));
        assertThat(leftOut(csv)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires_date", "Expires on", "Ends on", "Valid till"})
    void anEndHasManyNames(String column) {
        String csv = "url\tslug\t" + column + "\nhttps://a.example/\tend\t2027-01-01 08:00";
        assertThat(read(csv).patch().get(ShortLinkChange.ENDS_AT)).contains("2027-01-01T04:00:00Z");
        assertThat(leftOut(csv)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No Expiry", "Does not expire", "unlimited", "Never", "Unbegrenzt", "jamais"})
    void whatNeverEndsHasNoEnd(String cell) {
        ShortLinkCsv.Line line = read("Short URL,Long URL,Expiry Date\ngo.example/t,https://a.example/t," + cell);
        assertThat(line.patch().get(ShortLinkChange.ENDS_AT)).isEmpty();
        assertThat(line.problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ends", "expires at"})
    void aDayThatCouldBeTwoIsSaid(String column) {
        assertThat(read("url,slug," + column + "\nhttps://a.example/,d,01/02/2027")
                        .problem())
                .contains("ends: “01/02/2027” could be two days. Write the year first, such as 2026-12-01.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31-Dec-27", "31 Dec 27", "31.12.27", "31. Dezember 27"})
    void yearsOfTwoDigitsAreOfThisCentury(String cell) {
        assertThat(read("url,slug,ends\nhttps://a.example/,d," + cell).patch().get(ShortLinkChange.ENDS_AT))
                .contains("2027-12-31T20:00:00Z");
    }

    @Test
    void aBreakWithinAnAddressIsLeftOut() {
        assertThat(read("url,slug\n\"https://a.example/\n  long/path\",b")
                        .patch()
                        .get(ShortLinkChange.TARGET))
                .contains("https://a.example/long/path");
    }

    /// What other programs export, by the columns of their files.
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Bitlink,Long URL,Title,Tags,Created,Total Clicks|https://bit.ly/3xYz12,https://a.example/page,My Page,Big Sale,2020-01-01,42 ~ 3xYz12 ~ https://a.example/page ~ My Page ~ big-sale ~ 42 ~ 2019-12-31T20:00:00Z ~
            Bitlink,Long URL,Title,Tags,Created,Total Clicks|bit.ly/promoone,a.example/one,,,2021-01-01,"1,003" ~ promoone ~ https://a.example/one ~ ~ ~ 1003 ~ 2020-12-31T20:00:00Z ~
            Short link,Destination URL,Key,Title,Description,Tags,Created At,Clicks|https://dub.sh/launch,https://a.example/launch,launch,Launch,Desc,"a,b",2024-05-01,3 ~ launch ~ https://a.example/launch ~ Launch ~ a b ~ 3 ~ 2024-04-30T20:00:00Z ~
            address,target,description,visit_count,created_at|hello,https://a.example/hello,My desc,5,2023-01-01T00:00:00Z ~ hello ~ https://a.example/hello ~ My desc ~ ~ 5 ~ 2023-01-01T00:00:00Z ~
            "createdAt","domain","shortCode","shortUrl","longUrl","title","tags","visits"|"2024-08-15T15:03:56-04:00","go.example.com","9r2TW","https://go.example.com/9r2TW","https://a.example/text","custom title","testtag|work",61 ~ 9r2TW ~ https://a.example/text ~ custom title ~ testtag work ~ 61 ~ 2024-08-15T19:03:56Z ~ domain
            keyword,url,title,timestamp,ip,clicks|my_slug,https://a.example/x,Consejería,2026-02-25 08:28:34,192.0.2.1,88 ~ my_slug ~ https://a.example/x ~ Consejería ~ ~ 88 ~ 2026-02-25T04:28:34Z ~ ip
            title,slashtag,destination,createdAt,clicks,domainId|Sale,spring,https://a.example/s,2026-01-02T10:00:00Z,12,x ~ spring ~ https://a.example/s ~ Sale ~ ~ 12 ~ 2026-01-02T10:00:00Z ~ domainid
            Short link;Full link;Title;Clicks|https://cutt.ly/9x8Yz;https://a.example/4;Four;1 204 ~ 9x8Yz ~ https://a.example/4 ~ Four ~ ~ 1204 ~ ~
            short_link,destination_url,total_clicks|example.link/promo,https://a.example/6,10 ~ promo ~ https://a.example/6 ~ ~ ~ 10 ~ ~
            shortLink,link,createTime|https://x.page.link/AbCd,https://a.example/7,2026-01-01 ~ AbCd ~ https://a.example/7 ~ ~ ~ ~ 2025-12-31T20:00:00Z ~
            Title,Link,Long URL,Engagements|T,bit.ly/3xYz,https://a.example/8,"1,024" ~ 3xYz ~ https://a.example/8 ~ T ~ ~ 1024 ~ ~
            Shortened URL,Destination URL,Tags,Clicks|https://p.example/aa1,https://a.example/9,"a,b",3 ~ aa1 ~ https://a.example/9 ~ ~ a b ~ 3 ~ ~
            short_url,long_url,expire_at_datetime,password|https://t.example/ab2,https://a.example/12,, ~ ab2 ~ https://a.example/12 ~ ~ ~ ~ ~
            QR name,Short link,Target URL,Scans|Poster,https://q.example/ab3,https://a.example/13,44 ~ ab3 ~ https://a.example/13 ~ ~ ~ 44 ~ ~ qr name
            Snip,Source URL|https://snip.example/ab1,https://a.example/10 ~ ab1 ~ https://a.example/10 ~ ~ ~ ~ ~
            slug,target|="0ab",="https://a.example/11" ~ 0ab ~ https://a.example/11 ~ ~ ~ ~ ~
            Titel;URL|Laden;https://a.example/ ~ ~ https://a.example/ ~ Laden ~ ~ ~ ~
            Kurzlink;Ziel;Titel;Klicks;Erstellt am|https://s.example/laden;https://a.example/;Laden;3;02.01.2026 ~ laden ~ https://a.example/ ~ Laden ~ ~ 3 ~ 2026-01-01T20:00:00Z ~
            título;enlace|Tienda;https://a.example/ ~ ~ https://a.example/ ~ Tienda ~ ~ ~ ~
            enlace corto,URL de destino,Título,Etiquetas,Clics|https://s.example/sol,https://a.example/,Sol,"uno,dos",5 ~ sol ~ https://a.example/ ~ Sol ~ uno dos ~ 5 ~ ~
            titre;lien|Boutique;https://a.example/ ~ ~ https://a.example/ ~ Boutique ~ ~ ~ ~
            Lien court;Lien de destination;Titre;Créé le|https://s.example/b;https://a.example/;B;2026-01-02T10:00:00Z ~ b ~ https://a.example/ ~ B ~ ~ ~ 2026-01-02T10:00:00Z ~
            Título,Link curto,Destino|Loja,https://s.example/loja,https://a.example/ ~ loja ~ https://a.example/ ~ Loja ~ ~ ~ ~
            العنوان,الرابط القصير,الوجهة|متجر,https://s.example/m1,https://a.example/ ~ m1 ~ https://a.example/ ~ متجر ~ ~ ~ ~
            domain,alias,tiny_url,url,tags,created_at,expires_at,hits|tinyurl.com,shop1,https://tinyurl.com/shop1,https://a.example/,sale,2026-01-02T10:00:00Z,,7 ~ shop1 ~ https://a.example/ ~ ~ sale ~ 7 ~ 2026-01-02T10:00:00Z ~ domain
            Long URL,Short URL Ending,Clicks|https://a.example/,6x,7 ~ 6x ~ https://a.example/ ~ ~ ~ 7 ~ ~
            "url";"short_id";"note"|"https://a.example/";"37s";"Funny stuff" ~ 37s ~ https://a.example/ ~ Funny stuff ~ ~ ~ ~
            originalURL,path,title,secureShortURL,createdAt|https://a.example/,kg,Kilo,https://s.example/kg,2026-01-02T10:00:00Z ~ kg ~ https://a.example/ ~ Kilo ~ ~ ~ 2026-01-02T10:00:00Z ~ secureshorturl
            target,colour|https://a.example/,red ~ ~ https://a.example/ ~ ~ ~ ~ ~ colour
            """)
    void exportsOfOthersAreRead(
            String file,
            String slug,
            String target,
            String title,
            String tags,
            Long clicks,
            Instant created,
            String leftOut) {
        String csv = file.replaceFirst("\\|", "\n");
        ShortLinkCsv.Line line = read(csv);

        assertThat(line.slug()).isEqualTo(Optional.ofNullable(slug));
        assertThat(line.patch().get(ShortLinkChange.TARGET)).contains(target);
        assertThat(line.patch().get(ShortLinkChange.TITLE)).isEqualTo(Optional.ofNullable(title));
        assertThat(line.patch().get(ShortLinkChange.TAGS))
                .isEqualTo(Optional.ofNullable(tags).map(all -> List.of(all.split(" "))));
        assertThat(line.patch().get(ShortLinkChange.CLICKS)).isEqualTo(Optional.ofNullable(clicks));
        assertThat(line.patch().get(ShortLinkChange.CREATED)).isEqualTo(Optional.ofNullable(created));
        assertThat(leftOut(csv)).isEqualTo(leftOut == null ? List.of() : List.of(leftOut));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Table 1\n%s", "Our links 2026;;\n;;\n%s", "\n;;\n%s"})
    void aTitleAndEmptyRowsAreNoLines(String list) {
        ShortLinkCsv.Line line = read(list.formatted("target;slug;title\nhttps://example.com/a;gala;Gala\n;;\n ; ;\n"));
        assertThat(line.slug()).contains("gala");
        assertThat(line.patch().get(ShortLinkChange.TITLE)).contains("Gala");
    }

    @Test
    void anEndOfOthersIsTheEnd() {
        Changes<ShortLink> patch = read("key,url,expiresAt\nx,https://a.example/,2027-02-01T08:00:00.000Z\n")
                .patch();
        assertThat(patch.get(ShortLinkChange.ENDS_AT)).contains("2027-02-01T08:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42           | 42
            42.0         | 42
            42,00        | 42
            1,204        | 1204
            1.204        | 1204
            1'204        | 1204
            1 204        | 1204
            1 204   | 1204
            1.234.567    | 1234567
            1,234.00     | 1234
            1.234,00     | 1234
            1,00,000     | 100000
            4.2E+1       | 42
            1.5e3        | 1500
            ١٢٠٤         | 1204
            0            | 0
            -            |
            NaN          |
            """)
    void clicksAreReadAsTheyAreWritten(String cell, Long clicks) {
        ShortLinkCsv.Line line = read("url\tclicks\nhttps://a.example/\t" + cell);
        assertThat(line.patch().get(ShortLinkChange.CLICKS)).isEqualTo(Optional.ofNullable(clicks));
        assertThat(line.problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clicks        | 1.5K      | clicks: Enter a whole number, such as 1204.
            clicks        | 12.5      | clicks: Enter a whole number, such as 1204.
            clicks        | 1,2,3     | clicks: Enter a whole number, such as 1204.
            clicks        | -5        | clicks: Enter a whole number, such as 1204.
            clicks        | 1e99      | clicks: Enter a whole number, such as 1204.
            clicks        | many      | clicks: Enter a whole number, such as 1204.
            active        | maybe     | active: Enter yes or no.
            active        | 2         | active: Enter yes or no.
            forward_query | perhaps   | forward_query: Enter yes or no.
            slug          | foo/bar   | “foo/bar” has a slash, which short links here can’t have. Use a hyphen instead.
            short url     | https://go.example.com/blog/launch | “blog/launch” has a slash, which short links here can’t have. Use a hyphen instead.
            slug          | https://bit.ly/ | “https://bit.ly/” has a slash, which short links here can’t have. Use a hyphen instead.
            slug          | Promo.24/x | “Promo.24/x” has a slash, which short links here can’t have. Use a hyphen instead.
            """)
    void aCellThatIsNotClearIsNamed(String column, String cell, String why) {
        assertThat(read("url\t" + column + "\nhttps://a.example/\t" + cell).problem())
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true",
        "TRUE,true",
        "1,true",
        "1.0,true",
        "on,true",
        "active,true",
        "Aktiv,true",
        "ja,true",
        "oui,true",
        "sí,true",
        "WAHR,true",
        "да,true",
        "نعم,true",
        "evet,true",
        "tak,true",
        "no,false",
        "FALSE,false",
        "0,false",
        "0.0,false",
        "off,false",
        "inactive,false",
        "disabled,false",
        "falsch,false",
        "nein,false",
        "non,false",
        "não,false",
        "нет,false",
        "لا,false",
        "hayır,false",
        "HAYIR,false",
        "nie,false",
        "archived,false",
        "paused,false"
    })
    void yesAndNoAreReadInManyLanguages(String cell, boolean active) {
        ShortLinkCsv.Line line = read("url,active,forward_query\nhttps://a.example/," + cell + "," + cell);
        assertThat(line.problem()).isEmpty();
        assertThat(line.patch().get(ShortLinkChange.ACTIVE)).contains(active);
        assertThat(line.patch().get(ShortLinkChange.FORWARD_QUERY)).contains(active);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slug      | spring                      | spring
            slug      | /spring                     | spring
            slug      | https://bit.ly/spring       | spring
            slug      | bit.ly/spring/              | spring
            slug      | Promo.24                    | Promo.24
            short url | https://bit.ly/spring?x=a/b | spring
            short url | https://go.example.com/l/spring | spring
            short url | go.example.com/l/spring     | spring
            short url | https://go.example.com/l    | l
            slug      | l/spring                    | spring
            """)
    void anAddressLosesItsHostOnly(String column, String cell, String slug) {
        ShortLinkCsv.Line line = read("url," + column + "\nhttps://a.example/," + cell);
        assertThat(line.slug()).contains(slug);
        assertThat(line.problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Expires At | Dec 31, 2026  | 2026-12-31T20:00:00Z
            Expires    | 2026-12-31    | 2026-12-31T20:00:00Z
            expiration | 2026-12-31    | 2026-12-31T20:00:00Z
            Expiry     | 2026-12-31    | 2026-12-31T20:00:00Z
            expiresAt  | 1798740000000 | 2026-12-31T18:00:00Z
            Valid until| 31.12.2026    | 2026-12-31T20:00:00Z
            ends       | 31.12.2026    | 2026-12-31T20:00:00Z
            expiresAt  | soon          | soon
            ends       | soon          | soon
            expiresAt  | 01/02/2027    | 01/02/2027
            expire_at_datetime | 2026-12-31 22:00:00 | 2026-12-31T18:00:00Z
            meta.validUntil | 2026-12-31T18:00:00+01:00 | 2026-12-31T17:00:00Z
            End Date   | 2026-12-31    | 2026-12-31T20:00:00Z
            expiresAt  | never         |
            expiresAt  | 0000-00-00 00:00:00 |
            """)
    void anEndIsReadOrStaysToBeRefused(String column, String cell, String ends) {
        assertThat(read("url\t" + column + "\nhttps://a.example/\t" + cell)
                        .patch()
                        .get(ShortLinkChange.ENDS_AT))
                .isEqualTo(Optional.ofNullable(ends));
    }

    @ParameterizedTest
    @ValueSource(strings = {"starts", "Start date", "meta.validSince", "Valid from"})
    void aBeginningOfOthersIsTheBeginning(String column) {
        assertThat(read("url," + column + "\nhttps://a.example/,31.12.2026")
                        .patch()
                        .get(ShortLinkChange.STARTS_AT))
                .contains("2026-12-30T20:00:00Z");
    }

    @Test
    void ourColumnsMayBeWrittenAsPeopleWriteThemAndSayNothing() {
        String csv = "url,Click Limit,UTM source,Ends,Active\n";
        assertThat(leftOut(csv + "https://a.example/,,,,")).isEmpty();
        ShortLinkCsv.Line line = read(csv + "https://a.example/,\"1,000\",none,31.12.2026,no");
        assertThat(line.patch().get(ShortLinkChange.CLICK_LIMIT)).contains(1_000L);
        assertThat(line.patch().get(ShortLinkChange.UTM_SOURCE)).contains("none");
        assertThat(line.patch().get(ShortLinkChange.ACTIVE)).contains(false);
        ShortLinkCsv.Line nothing = read(csv + "https://a.example/,n/a,,never,-");
        assertThat(nothing.problem()).isEmpty();
        assertThat(nothing.patch().get(ShortLinkChange.CLICK_LIMIT)).isEmpty();
        assertThat(nothing.patch().get(ShortLinkChange.ENDS_AT)).isEmpty();
        assertThat(nothing.patch().get(ShortLinkChange.ACTIVE)).isEmpty();
    }

    /// Without its password it would be open to everyone.
    @Test
    void whatHadAPasswordComesTurnedOff() throws IOException {
        for (String cell : List.of("password,yes", "hasPassword,true", "password,sesame")) {
            String[] named = cell.split(",");
            ShortLinkCsv.Line line = read("url," + named[0] + "\nhttps://a.example/," + named[1]);
            assertThat(line.patch().get(ShortLinkChange.ACTIVE)).as(cell).contains(false);
            assertThat(line.leftOut().map(ShortLinkCsv.LeftOut::text))
                    .contains(named[0].toLowerCase(Locale.ROOT)
                            + ", so links that had one are turned off until you set another (line 2)");
        }
        assertThat(read("url,password_protected\nhttps://a.example/,no").patch().get(ShortLinkChange.ACTIVE))
                .isEmpty();
        ShortLink locked = link("Locked", Utm.NONE).withPassword("hash");
        assertThat(read(written(locked)).patch().get(ShortLinkChange.ACTIVE)).contains(false);
        assertThat(leftOut(written(locked))).isEmpty();
    }

    @Test
    void aDayOfCreationThatCannotBeReadIsNamed() {
        ShortLinkCsv.Line line = read("url,Created\nhttps://a.example/,01/02/2027");
        assertThat(line.problem()).isEmpty();
        assertThat(line.patch().get(ShortLinkChange.CREATED)).isEmpty();
        assertThat(line.leftOut().map(ShortLinkCsv.LeftOut::text))
                .contains("created, where it isn’t a day that we can read (“01/02/2027” in line 2)");
        assertThat(read("url,Created\nhttps://a.example/,\"Jan 15, 2024 10:22 AM\"")
                        .patch()
                        .get(ShortLinkChange.CREATED))
                .contains(Instant.parse("2024-01-15T06:22:00Z"));
    }

    @Test
    void numbersOfOurColumnsMayBeGroupedToo() {
        Changes<ShortLink> patch =
                read("target\tclick_limit\nhttps://a.example/\t1,000").patch();
        assertThat(patch.get(ShortLinkChange.CLICK_LIMIT)).contains(1000L);
    }

    @Test
    void longTitlesAndManyTagsOfOthersAreShortened() {
        Changes<ShortLink> patch = read("Long URL,Title,Tags\nhttps://a.example/," + "x".repeat(200) + ",\""
                        + IntStream.range(0, 20).mapToObj(i -> "Tag " + i).collect(Collectors.joining(",")) + "\"\n")
                .patch();
        assertThat(patch.get(ShortLinkChange.TITLE)).contains("x".repeat(99) + "…");
        assertThat(patch.get(ShortLinkChange.TAGS).orElseThrow()).hasSize(10).contains("tag-0");
    }

    @Test
    void brokenListsAreRefusedWithTheReason() {
        assertThat(broken("")).contains("The list is empty");
        assertThat(broken("target")).contains("The list is empty");
        assertThat(broken("title\nx"))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("must name the columns, including target", "Bitly"));
        assertThat(broken("target\n" + "x\n".repeat(100_001))).contains("The list has more than 100,000 lines");
        assertThat(broken("\uFEFFtarget;title\nhttps://a.example;A")).isEmpty();
    }
}
