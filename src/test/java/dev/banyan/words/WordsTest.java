package dev.banyan.words;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.words.PeoplesTexts.Found;
import org.junit.jupiter.api.Test;

/// Keeps words out of the texts that people read which made our English read as translated.
class WordsTest {

    /// @param words a pattern
    /// @param inCode false where the API, whose names the documents give, uses the word itself
    private record Rule(String words, String reason, boolean inCode) {

        Rule(String words, String reason) {
            this(words, reason, true);
        }

        Pattern pattern() {
            return Pattern.compile("(?<![\\w/.{-])(?:" + words + ")(?![\\w=(-])", Pattern.CASE_INSENSITIVE);
        }
    }

    private static final List<Rule> WORST = List.of(
            new Rule("whoever|whomever|wherever|whichever", "say “people who …”, or name the place or thing"),
            new Rule("nobody|somebody|anybody|everybody", "say “no one”, “someone”, “anyone”, or name the people"),
            new Rule("befalls?|befell", "say what happens"),
            // A pool stands in for another (design 2), as a person does.
            new Rule("(stands?|stood)(?! in\\b)", "a text doesn’t stand: it is, appears or says"),
            new Rule("hangs? on", "say “depends on”"),
            new Rule("(?<!some |all |one |each |any |many |most )of these", "name the things"),
            new Rule("besides?", "say “next to” or “in addition”"),
            new Rule("its life", "say how long it is valid"),
            new Rule("(?:be|is|are|was|were) told(?: of)?", "say what people see or receive"),
            new Rule("e-mails?", "the word is “email”"),
            new Rule("anew|begin again", "say “again”"),
            new Rule("in the meanwhile|thereby|therein|thereof|hereby|henceforth", "no one talks like that"),
            new Rule("look(?:s|ed)? (?:again|after)", "say what is checked or managed"),
            new Rule("take(?:s|n)? back", "say “revoke” or “undo”"),
            new Rule("no such(?! table)", "say what wasn’t found and what to do"),
            new Rule("that is none|this is none", "say “there is no …”"),
            new Rule("in force", "say “on”, “active” or “current”"),
            new Rule("the sum (?:and|is|of)", "say “total”"),
            new Rule("tiers?", "what an account pays for is its “plan”; only the API says “tier”", false),
            new Rule(
                    "colour(?:s|ed|ing)?|favourites?|behaviours?|centred?|catalogues?|licence|neighbours?|organis\\w+"
                            + "|recognis\\w+|summaris\\w+|customis\\w+|cancelled|cancelling|grey|honour\\w*|labell\\w+",
                    "we write American English"),
            new Rule("(?:to|in|under) (?-i:Pools)|open pools", "the page with the pools is called “Numbers”"),
            new Rule("there is nothing at this address", "a missing page says “Page not found”"));

    /// Exact parts of texts that may stay, each with the reason.
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("nobody noc none notes", "reserved usernames"),
            Map.entry("representative, somebody, someone", "words that customers type"),
            Map.entry("start over, begin again", "words that customers type"),
            Map.entry("nobody Unassigned", "a filter for programs"),
            Map.entry("“E-Mail Address”", "a label of ADFS"),
            Map.entry("\"behaviour\"", "a field of JSON"),
            Map.entry("add-secondary nobody +971", "typed in a recorded session"),
            Map.entry("Master account nobody not found", "typed in a recorded session"));

    @Test
    void textsThatPeopleReadHaveNoneOfTheWorstWords() {
        assertThat(findings(PeoplesTexts.all())).isEmpty();
    }

    /// What is given to a tag is escaped there: a name of a character would be read as its letters.
    @Test
    void textsGivenToTagsNameNoCharacters() throws IOException {
        Pattern named = Pattern.compile("\\b[a-zA-Z]+='[^']*&[a-z]+;");
        for (Path template : PeoplesTexts.files(PeoplesTexts.TEMPLATES, ".html").toList()) {
            assertThat(Files.readString(template)).as("%s", template).doesNotContainPattern(named);
        }
    }

    @Test
    void pagesHaveTheApostropheOfPrint() {
        assertThat(PeoplesTexts.templates())
                .extracting(Found::text)
                .noneMatch(text -> Pattern.compile("[a-z]'[a-z]").matcher(text).find());
    }

    @Test
    void theTestFindsThem() {
        var file = PeoplesTexts.TEMPLATES;
        assertThat(findings(List.of(
                        new Found(file, 1, "Nobody waits for your answer"),
                        new Found(file, 2, "Whoever knows the password is in"),
                        new Found(file, 3, "Your Pro tier"),
                        new Found(file, 4, "Choose a colour"))))
                .hasSize(4);
        assertThat(findings(List.of(new Found(file, 1, "Understand standard colors of some of these plans"))))
                .isEmpty();
    }

    private static List<String> findings(List<Found> texts) {
        List<String> findings = new ArrayList<>();
        for (Rule rule : WORST) {
            Pattern pattern = rule.pattern();
            for (Found found : texts) {
                Matcher matcher = pattern.matcher(allowed(found.text()));
                if ((rule.inCode() || !found.isCode()) && matcher.find()) {
                    findings.add("“" + matcher.group() + "” (" + rule.reason() + ") " + found);
                }
            }
        }
        return findings;
    }

    private static String allowed(String text) {
        String left = text;
        for (String part : ALLOWED.keySet()) {
            left = left.replace(part, "");
        }
        return left;
    }
}
