package dev.banyan.answers;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.banyan.TestClient.Answer;

/// An answer as text, without what is another in each run: ids, tokens, what is drawn from them, and the numbers in the
/// names of a world.
final class Normal {

    /// Headers that say nothing of the act, or follow from the body.
    private static final List<String> LEFT_OUT = List.of(
            ":status",
            "content-length",
            "date",
            "x-request-id",
            "etag",
            "connection",
            "transfer-encoding",
            "x-ratelimit-remaining-day",
            "x-ratelimit-remaining-minute");

    /// Each begins with letters of its own where it can, which are searched fast, and looks back at what is before
    /// them.
    private static final List<Map.Entry<Pattern, String>> DRAWN = List.of(
            drawn("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>"),
            drawn("\\d(?<=\\b(acme|north|south|rival|east|solo|scoped|manager|fresh|secret-link)\\d)\\d*", ""),
            drawn("scl_\\d+_\\w+", "<workspace>"),
            drawn("ltm_(?<=\\bltm_)\\w+", "<key>"),
            drawn("(?=[kw])\\b(?!webhooks|whatsapp|keyboard|keywords)[kw][a-z0-9]{7}\\b(?=[\"<?,&/]|$)", "<key-id>"),
            drawn("wsk_(?<=\\bwsk_)[\\w-]+", "<workspace-key>"),
            drawn("whsec_(?<=\\bwhsec_)[\\w+/=-]+", "<secret>"),
            drawn("<code>[0-9a-f]{16}</code>", "<code><request></code>"),
            // What is under way at the moment of a request.
            drawn("<button class=\"icon-btn push\" id=\"tasks-open\"[\\s\\S]*?</button>", "<button id=\"tasks-open\">"),
            drawn("<ul class=\"tasks\" id=\"tasks-list\">[\\s\\S]*?</ul>", "<ul id=\"tasks-list\">"),
            drawn("av[0-9]\\b(?<=\\bclass=\"([\\w ]{0,39} )?av[0-9])", "av"),
            drawn("Banyan \\d+\\.\\d+\\.\\d+( \\([^)<]*\\))?", "Banyan <release>"),
            drawn("<path(?: fill=\"#000000\")? d=\"M4 4[^\"]*", "<path d=\"<qr>"),
            // The tone of a sky follows from the username and with it from the number.
            drawn("(?=fill=\"#)(?<=<svg class=\"look-swatch\"[^\\n]{0,800})fill=\"#[0-9a-f]{6}", "fill=\"<tone>"),
            drawn("<svg viewBox=\"0 0 \\d+ \\d+\"", "<svg viewBox=\"\""),
            drawn("([.-])[0-9a-f]{12}(?=\\.(png|svg)\")", "$1<digest>"),
            drawn("2@[\\w-]{20,}", "<link-code>"),
            drawn("v1\\.(?<=\\bv1\\.)[\\w-]+\\.[\\w-]+(\\.[\\w-]+)?", "<sealed>"),
            drawn("(banyan_[\\w<>]{0,40}=)[^;]+", "$1<cookie>"),
            drawn("100(?<=\\b100)\\d{4}\\b", "<user>"),
            drawn("\"short_id\":\"\\w{4}(?=\"|-|<)", "\"short_id\":\"<short>"),
            drawn("Short ID</dt><dd><code>\\w{4}(?=\"|-|<)", "Short ID</dt><dd><code><short>"),
            drawn("/s/\\w{4}(?=\"|-|<)", "/s/<short>"),
            drawn("[-_]\\d{13}(?<=\\b(servant|master|wa|bot)[-_]\\d{13})", "-<number>"),
            drawn("\"AaH[\\w-]{15,}", "\"<handle>"),
            drawn("(?=[A-Z0-9])\\b[A-Z0-9]{8}(?=\\n|</pre>)", "<backup-code>"),
            drawn("([A-Z2-7]{4} ){7}[A-Z2-7]{4}", "<factor>"),
            drawn("\"code\":\"[A-Z0-9]{4}-[A-Z0-9]{4}", "\"code\":\"<pairing-code>"),
            drawn("([\"-])[0-9a-f]{6}(?=\",\"enabled\")", "$1<invented>"),
            // A drawn number can be the one that a thing of the stage has.
            drawn("phone=(97150000\\d{4}|<contactPhone>)", "phone=<phone>"),
            drawn("name=\"phone\" value=\"\\+(97150000\\d{4}|<contactPhone>)", "name=\"phone\" value=\"+<phone>"),
            drawn(
                    "id=\"customer-name\" name=\"name\" value=\"[^\"]+",
                    "id=\"customer-name\" name=\"name\" value=\"<somebody>"),
            drawn("179516880(?<=\\b179516880)\\d{4}\\b", "<now>"),
            // Answers whose two fields have no order.
            drawn("\\{\"field\":(\"[^\"]*\"),\"error\":(\"[^\"]*\")}", "{\"error\":$2,\"field\":$1}"),
            drawn("Phone of <bdi>[^<]+</bdi></h2><p><code>\\+(97150000\\d{4}|<contactPhone>)", "Phone of <somebody>"),
            drawn("(?i)(Max-Age=)[0-9]+", "$1<age>"),
            drawn("(?=[0-9a-f])\\b[0-9a-f]{32,128}\\b", "<hash>"));

    private static final int LETTERS_OF_TOKENS = 43;

    /// Descriptions of the API and of events, whose fields have no order.
    private static final Pattern UNORDERED = Pattern.compile("^\\s*\\{\\s*\"(openapi|eventTypes)\"");

    private static final ObjectMapper SORTING = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    /// Names that hold words; those of a world lose their number.
    private static final Set<String> WORDS = Set.of(
            "event",
            "list",
            "slug",
            "key",
            "token",
            "as",
            "brand",
            "into",
            "newName",
            "owner",
            "shortLink",
            "south",
            "subAccount",
            "target",
            "username");

    private static final int REMEMBERED = 100;

    private final List<Map.Entry<String, String>> ids;

    /// What was seen last and is how: callers get the same documents.
    private final Map<String, String> normal = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    Normal(Map<String, String> ids) {
        this.ids = ids.entrySet().stream()
                .filter(id -> id.getValue().length() > 3 && !WORDS.contains(id.getKey()))
                .sorted(Comparator.comparing(
                                (Map.Entry<String, String> id) -> -id.getValue().length())
                        .thenComparing(Map.Entry::getKey))
                .map(id -> Map.entry(id.getValue(), "<" + id.getKey() + ">"))
                .toList();
    }

    private static Map.Entry<Pattern, String> drawn(String pattern, String name) {
        return Map.entry(Pattern.compile(pattern), name);
    }

    /// @param status whether nothing but the status is said: the rest is measured
    String answer(Answer answer, boolean status) {
        return status ? answer.status() + "\n\n" : answer(answer);
    }

    private String answer(Answer answer) {
        var headers = new TreeMap<String, String>();
        answer.headers().map().forEach((name, values) -> {
            if (!LEFT_OUT.contains(name)) {
                headers.put(name, String.join(", ", values));
            }
        });
        var text = new StringBuilder().append(answer.status()).append('\n');
        headers.forEach((name, value) ->
                text.append(name).append(": ").append(text(value)).append('\n'));
        return text.append('\n').append(body(answer)).toString();
    }

    private String body(Answer answer) {
        if (answer.contentType().startsWith("application/json")
                && UNORDERED.matcher(answer.text()).find()) {
            return text(sorted(answer.json()));
        }
        return answer.contentType().matches("(text/|application/(json|problem|xml|javascript)|image/svg).*|")
                ? text(answer.text())
                : "(bytes)";
    }

    private static String sorted(JsonNode json) {
        try {
            return SORTING.writeValueAsString(SORTING.treeToValue(json, Object.class));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }

    private String text(String text) {
        return normal.computeIfAbsent(text, this::normalized);
    }

    private String normalized(String text) {
        String normal = text;
        for (Map.Entry<String, String> id : ids) {
            normal = normal.replace(id.getKey(), id.getValue());
        }
        for (Map.Entry<Pattern, String> drawn : DRAWN) {
            normal = drawn.getKey().matcher(normal).replaceAll(drawn.getValue());
        }
        return withoutTokens(normal);
    }

    /// Names what ends 43 letters of base64url before a character that ends an attribute, a JSON string or a name. As
    /// `[\w-]{43}(?=["&<=])`, which takes a sixth of the whole recording.
    private static String withoutTokens(String text) {
        StringBuilder without = new StringBuilder();
        int kept = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
                letters++;
            } else {
                if (letters >= LETTERS_OF_TOKENS && (c == '"' || c == '&' || c == '<' || c == '=')) {
                    without.append(text, kept, i - LETTERS_OF_TOKENS).append("<token>");
                    kept = i;
                }
                letters = 0;
            }
        }
        return kept == 0 ? text : without.append(text, kept, text.length()).toString();
    }
}
