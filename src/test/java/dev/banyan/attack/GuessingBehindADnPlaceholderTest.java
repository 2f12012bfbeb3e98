package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.DirectorySignIn.Answer;
import dev.banyan.platform.sso.DirectorySignIn.Tries;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.sso.FakeDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody guesses the password of one person of a directory under many spellings of the name, each of which would be
/// counted as another person: with a placeholder in it, in other letter case, with spaces, by the email.
class GuessingBehindADnPlaceholderTest {

    private static final String PASSWORD = "a boat with two sails";

    private final FakeDirectory directory = new FakeDirectory();
    private final DirectorySignIn directories = new DirectorySignIn(LocalHttp.client());
    private final RateLimits limits = TestLimits.on(new TestClock());
    private int network;

    @BeforeEach
    void aPerson() {
        directory.person("amira", PASSWORD, "amira@office.example");
        directory.person("omar", PASSWORD, "omar@office.example");
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private SsoProvider.Ldap settings(String groupFilter) {
        Map<String, Object> of = directory.settings("ldaps");
        return new SsoProvider.Ldap(
                of.get("host").toString(),
                (Integer) of.get("port"),
                "ldaps",
                Optional.of(of.get("certificate").toString()),
                of.get("bindDn").toString(),
                of.get("baseDn").toString(),
                "(|(uid={username})(mail={username}))",
                Optional.empty(),
                Optional.of(groupFilter));
    }

    /// From another network each time.
    private Answer guess(String name, String password) {
        network++;
        var place = RateLimits.Origin.strange("198.51.100." + network);
        Tries tries = Tries.counted(
                limits,
                entry -> new RateLimits.Guess(
                        RateLimit.LOGIN_FAILURES_BY_NAME,
                        RateLimit.LOGIN_GUESSES_BY_NAME,
                        entry.countedAs(),
                        place,
                        true));
        return directories.prove(
                settings("(member={dn})"), () -> Optional.of(FakeDirectory.READER_PASSWORD), name, password, tries);
    }

    @Test
    void allSpellingsThatFindAPersonAreOneCount() {
        List<String> spellings =
                List.of("amira", "AMIRA", "Amira", " amira", "amira@office.example", "AMIRA@Office.Example", "amira ");
        for (int tries = 0; guess(spellings.get(tries % spellings.size()), "guess") instanceof Answer.Wrong; tries++) {
            assertThat(tries).isLessThan(50);
        }
        for (String spelling : spellings) {
            assertThat(guess(spelling, PASSWORD)).as(spelling).isInstanceOf(Answer.TooMany.class);
        }
        assertThat(guess("omar", PASSWORD)).as("others don’t wait").isInstanceOf(Answer.Proved.class);
    }

    @Test
    void aTypedPlaceholderIsANameLikeAnyOther() {
        for (String name : List.of(
                "{dn}amira",
                "a{dn}mira",
                "amira{dn}",
                "{username}",
                "a{username}",
                "{dn}",
                "*",
                "am*",
                "\\61mira",
                "amira)(uid=*")) {
            assertThat(guess(name, PASSWORD)).as(name).isInstanceOf(Answer.Wrong.class);
        }
    }

    @Test
    void aTypedPlaceholderIsNotExpandedInTheFilterForGroupsEither() {
        directory.person("{dn}", PASSWORD, "braces@office.example");
        directory.group("bosses", "amira");
        Answer answer = directories.prove(
                settings("(|(member=uid={username},ou=people,dc=office,dc=example)(cn={dn}))"),
                () -> Optional.of(FakeDirectory.READER_PASSWORD),
                "{dn}",
                PASSWORD,
                (_, attempt) -> attempt.get());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Proved.class,
                        proved -> assertThat(proved.proof().person().groups()).isEmpty());
    }

    /// Two replacements in a row expand what the first one brought: `FilledText` makes one pass.
    @Test
    void noCodeFillsPlaceholdersOneAfterAnother() throws IOException {
        Pattern literal = Pattern.compile("\\.replace\\(\\s*\"[^\"]*[{]");
        Pattern again = Pattern.compile("\\b(\\w+) = \\1\\s*\\.replace\\((?!['\"])");
        Pattern constant = Pattern.compile("String (\\w+) = \"[{][^\"]*\"");
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        List<String> placeholders = sources.stream()
                .flatMap(file -> constant.matcher(read(file)).results().map(found -> found.group(1)))
                .distinct()
                .toList();
        Pattern named = Pattern.compile("\\.replace\\(\\s*(\\w+\\.)?(" + String.join("|", placeholders)
                + "),[^;]*\\.replace\\(\\s*(\\w+\\.)?(" + String.join("|", placeholders) + "),");
        var found = new ArrayList<String>();
        for (Path file : sources) {
            for (Pattern bad : List.of(literal, again, named)) {
                bad.matcher(read(file)).results().forEach(match -> found.add(file + ": " + match.group()));
            }
        }
        assertThat(placeholders).isNotEmpty();
        assertThat(found).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
