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

    /// What looks back is asked at every character: each begins with what few characters are.
    private static final List<Map.Entry<Pattern, String>> DRAWN = List.of(
            drawn("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>"),
            drawn("(?=[a-s])\\b(acme|north|south|rival|east|solo|scoped|manager|fresh|secret-link)\\d+", "$1"),
            drawn("scl_\\d+_\\w+", "<workspace>"),
            drawn("(?=l)\\bltm_\\w+", "<key>"),
            drawn("(?=[kw])\\b(?!webhooks|whatsapp|keyboard|keywords)[kw][a-z0-9]{7}\\b(?=[\"<?,&/]|$)", "<key-id>"),
            drawn("(?=w)\\bwsk_[\\w-]+", "<workspace-key>"),
            drawn("(?=w)\\bwhsec_[\\w+/=-]+", "<secret>"),
            drawn("<code>[0-9a-f]{16}</code>", "<code><request></code>"),
            drawn("av[0-9]\\b(?<=\\bclass=\"([\\w ]{0,39} )?av[0-9])", "av"),
            drawn("<path d=\"M4 4[^\"]*", "<path d=\"<qr>"),
            drawn("<svg viewBox=\"0 0 \\d+ \\d+\"", "<svg viewBox=\"\""),
            drawn("([.-])[0-9a-f]{12}(?=\\.(png|svg)\")", "$1<digest>"),
            drawn("2@[\\w-]{20,}", "<link-code>"),
            drawn("(?=v)\\bv1\\.[\\w-]+\\.[\\w-]+(\\.[\\w-]+)?", "<sealed>"),
            drawn("(banyan_[\\w<>]{0,40}=)[^;]+", "$1<cookie>"),
            drawn("(?=1)\\b100\\d{4}\\b", "<user>"),
            drawn("(\"short_id\":\"|Short ID</dt><dd><code>|/s/)\\w{4}(?=\"|-|<)", "$1<short>"),
            drawn("(?=[smwb])\\b(servant|master|wa|bot)[-_]\\d{13}", "$1-<number>"),
            drawn("\"AaH[\\w-]{15,}", "\"<handle>"),
            drawn("(?=[A-Z0-9])\\b[A-Z0-9]{8}(?=\\n|</pre>)", "<backup-code>"),
            drawn("([A-Z2-7]{4} ){7}[A-Z2-7]{4}", "<factor>"),
            drawn("\"code\":\"[A-Z0-9]{4}-[A-Z0-9]{4}", "\"code\":\"<pairing-code>"),
            drawn("([\"-])[0-9a-f]{6}(?=\",\"enabled\")", "$1<invented>"),
            // A drawn number can be the one that a thing of the stage has.
            drawn("(phone=|name=\"phone\" value=\"\\+)(97150000\\d{4}|<contactPhone>)", "$1<phone>"),
            drawn("(id=\"customer-name\" name=\"name\" value=\")[^\"]+", "$1<somebody>"),
            drawn("(?=1)\\b179516880\\d{4}\\b", "<now>"),
            // Answers whose two fields have no order.
            drawn("\\{\"field\":(\"[^\"]*\"),\"error\":(\"[^\"]*\")}", "{\"error\":$2,\"field\":$1}"),
            drawn("Phone of <bdi>[^<]+</bdi></h2><p><code>\\+(97150000\\d{4}|<contactPhone>)", "Phone of <somebody>"),
            drawn("(?i)(Max-Age=)[0-9]+", "$1<age>"),
            drawn("(?=[0-9a-f])\\b[0-9a-f]{32,128}\\b", "<hash>"),
            drawn("[\\w-]{43}(?=[\"&<=])", "<token>"));

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

    private final List<Map.Entry<String, String>> ids;

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
        String normal = text;
        for (Map.Entry<String, String> id : ids) {
            normal = normal.replace(id.getKey(), id.getValue());
        }
        for (Map.Entry<Pattern, String> drawn : DRAWN) {
            normal = drawn.getKey().matcher(normal).replaceAll(drawn.getValue());
        }
        return normal;
    }
}
