package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.Language;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a workspace says in its language: all of it, and nothing else.
@QuarkusTest
class WorkspaceLanguageTest {

    private static final Pattern SAID = Pattern.compile("(?:door|language)[.]say\\('([^']*)'");
    private static final Pattern PLACES = Pattern.compile("%s|%\\d[$]s|[*]");
    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}");

    @Inject
    ChatRooms rooms;

    private Workspace room;
    private TestClient acme;

    @BeforeEach
    void aWorkspaceInArabic() {
        rooms.world().confirm(rooms.world().acme());
        room = rooms.workspace("مبيعات");
        acme = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        assertThat(save("ar").status()).isEqualTo(303);
    }

    private Answer save(String language) {
        return acme.form(
                WorkspacePaths.workspace(room.project(), room.id()) + "/settings/brand",
                Map.of("as", rooms.owner().acting().username(), "language", language, "welcome", "أهلًا"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError(file.toString(), failure);
        }
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> found = Files.walk(Path.of(folder))) {
            return found.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void eachSentenceIsInEachLanguageWithTheSameGaps() {
        List<String> said = Stream.of("workspaces", "pages", "shortlinks")
                .flatMap(room -> files("src/main/resources/templates/" + room).stream())
                .flatMap(file -> SAID.matcher(read(file)).results().map(found -> found.group(1)))
                .distinct()
                .toList();
        assertThat(said).hasSizeGreaterThan(40);
        for (Language language : Language.values()) {
            if (language == Language.ENGLISH) {
                continue;
            }
            assertThat(language.words.keySet())
                    .as(language.code)
                    .containsAll(said)
                    .isEqualTo(Language.GERMAN.words.keySet());
            language.words.forEach((english, words) ->
                    assertThat(places(words)).as(language + ": " + words).isEqualTo(places(english)));
        }
    }

    private static Map<String, Long> places(String text) {
        return PLACES.matcher(text)
                .results()
                .collect(Collectors.groupingBy(found -> found.group(), TreeMap::new, Collectors.counting()));
    }

    @Test
    void sentencesThatFollowEachOtherAreKnownOneByOne() {
        assertThat(Language.GERMAN.say("None of your groups may sign in here. Ask an admin of the workspace. "
                        + "Your provider sent the groups “Team. Berlin, b”."))
                .isEqualTo("Keine Ihrer Gruppen darf sich hier anmelden. Wenden Sie sich an einen Admin des"
                        + " Arbeitsbereichs. Ihr Anmeldedienst hat die Gruppen “Team. Berlin, b” übermittelt.");
    }

    @Test
    void noSentenceIsLeftOver() {
        String sources = Stream.of(
                        "src/main/java/dev/banyan",
                        "src/main/resources/dev/banyan/platform/web/page",
                        "src/main/resources/templates/pages",
                        "src/main/resources/templates/shortlinks",
                        "src/main/resources/templates/workspaces")
                .flatMap(folder -> files(folder).stream())
                .map(WorkspaceLanguageTest::read)
                .collect(Collectors.joining("\n"));
        for (String english : Language.GERMAN.words.keySet()) {
            for (String part : english.split("[*\n]|\\b(?:8|128)\\b", -1)) {
                assertThat(sources).as(english).contains(part.strip());
            }
        }
    }

    /// Asserts that a page is all in Arabic, but for names.
    private void assertArabic(Answer page, int status, String... names) {
        assertThat(page.status()).as(page.toString()).isEqualTo(status);
        assertThat(page.text()).contains("<html lang=\"ar\" dir=\"rtl\"");
        String text = page.text()
                .replaceAll("(?s)<(script|style|svg)\\b.*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("&[a-z0-9#]+;", " ")
                .replace("Banyan", " ")
                .replace("name@example.com", " ");
        for (String name : names) {
            text = text.replace(name, " ");
        }
        assertThat(ENGLISH.matcher(text).results().map(found -> found.group()))
                .as(text)
                .isEmpty();
    }

    @Test
    void theSignInPagesAreInArabic() {
        TestClient visitor = TestClient.anonymous();
        String home = "/s/" + room.shortPath();
        String amira = rooms.somebody(room).user().username();
        assertArabic(visitor.get(home + "/login"), 200);
        assertThat(visitor.get(home + "/login").text()).contains("<title>تسجيل الدخول، مبيعات");
        assertArabic(visitor.get(home + "/login?done=email-confirmed"), 200);
        assertArabic(visitor.form(home + "/login", "usernameOrEmail", amira, "password", "wrong"), 422);
        assertArabic(visitor.get(home + "/register"), 200);
        assertArabic(visitor.form(home + "/register", "username", "-", "email", "x", "password", "x"), 422);
        assertArabic(
                visitor.form(
                        home + "/register",
                        "username",
                        amira,
                        "email",
                        "other@people.example",
                        "password",
                        "a quiet harbour"),
                422,
                amira);
        assertArabic(visitor.get(home + "/forgot-password"), 200);
        assertArabic(visitor.form(home + "/forgot-password", "usernameOrEmail", amira), 200);
        assertArabic(visitor.get(home + "/invitation/" + "x".repeat(43)), 404);
        assertArabic(visitor.get(home + "/sso/callback?state=x&code=y"), 400);
        rooms.world().suspend(rooms.owner(), room, true);
        assertArabic(visitor.get(home + "/login"), 403);
    }

    @Test
    void numbersAndQuotedWordsMayBeAny() {
        assertThat(Language.GERMAN.say("Wait 15 minutes and try again."))
                .isEqualTo("Warten Sie 15 Minuten und versuchen Sie es erneut.");
        assertThat(Language.FRENCH.say("“a $1 b” is taken. Choose another."))
                .isEqualTo("“a $1 b” est déjà pris. Choisissez-en un autre.");
        assertThat(Language.GERMAN.say("Nothing of ours")).isEqualTo("Nothing of ours");
        assertThat(Language.ENGLISH.say("Welcome to %s", "Café")).isEqualTo("Welcome to Café");
        assertThat(Language.ENGLISH.say("Welcome to %s", "مبيعات"))
                .as("a name in the other direction keeps to itself")
                .isEqualTo("Welcome to \u2068مبيعات\u2069");
    }

    @Test
    void onlyLanguagesThatAreThereCanBeChosen() {
        Answer refused = save("xx");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Choose a language.", "value=\"ar\" lang=\"ar\"");
        assertThat(save("").status()).isEqualTo(303);
        assertThat(TestClient.anonymous()
                        .get("/s/" + room.shortPath() + "/login")
                        .text())
                .as("a form without it changes nothing")
                .contains("<html lang=\"ar\"");
        assertThat(acme.get(WorkspacePaths.workspace(room.project(), room.id()) + "/settings/preview?as="
                                + rooms.owner().acting().username() + "&language=de")
                        .text())
                .contains("<html lang=\"de\" dir=\"ltr\"", "Passwort vergessen?");
    }
}
