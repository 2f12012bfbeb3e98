package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.TemplateDraft.Button;

/// WhatsApp's rules for templates, so that people hear of them before WhatsApp refuses one.
final class TemplateRules {

    static final int LONGEST_TITLE = 60;
    static final int LONGEST_BODY = 1_024;
    static final int MOST_BUTTONS = 10;

    private static final int LONGEST_BUTTON = 25;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_CODE = 15;
    private static final int LONGEST_HANDLE = 2_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");
    private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]{0,79}");
    private static final Pattern NO_WORD = Pattern.compile("[\\s\\p{P}]*");
    private static final Pattern FIELD = Pattern.compile("\\{\\{[^{}]*}}");
    private static final Pattern ADJACENT = Pattern.compile("}}\\s*\\{\\{");

    private final TemplateDraft draft;
    private final List<Invalid> broken = new ArrayList<>();

    private TemplateRules(TemplateDraft draft) {
        this.draft = draft;
    }

    static List<Invalid> broken(TemplateDraft draft) {
        var rules = new TemplateRules(draft);
        rules.names();
        if (draft.isCode()) {
            rules.code();
        } else {
            rules.header();
            rules.body();
            rules.footer();
            rules.buttons();
        }
        return List.copyOf(rules.broken);
    }

    private void refuse(boolean isBroken, String field, String sentence) {
        if (isBroken) {
            broken.add(new Invalid(field, sentence));
        }
    }

    private void names() {
        refuse(
                !NAME.matcher(draft.name()).matches(),
                "name",
                "Name must have 1 to 512 lowercase letters, digits and underscores, such as order_ready");
        refuse(
                !LANGUAGE.matcher(draft.language()).matches(),
                "language",
                "Language must be a code of WhatsApp’s, such as en, ar or pt_BR");
    }

    private void code() {
        boolean hasMore = !draft.body().isEmpty()
                || !draft.header().kind().equals("none")
                || !draft.footer().isEmpty()
                || !draft.buttons().isEmpty();
        refuse(
                hasMore,
                "body",
                "WhatsApp writes the text of authentication templates. Leave out header, body, footer and buttons");
    }

    private void longest(String field, String label, String text, int most) {
        int length = text.codePointCount(0, text.length());
        refuse(
                length > most,
                field,
                String.format(Locale.ENGLISH, "%s must be %,d characters or fewer (now %,d)", label, most, length));
    }

    private static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private void header() {
        TemplateDraft.Header header = draft.header();
        if (header.isFile()) {
            refuse(
                    header.example().isEmpty() || header.example().length() > LONGEST_HANDLE,
                    "headerExample",
                    "Choose an example file. WhatsApp reviews it, and asks for it again with each change");
            return;
        }
        if (header.kind().equals("none")) {
            return;
        }
        List<String> fields = TemplateDraft.fields(header.text());
        refuse(header.text().isEmpty(), "header", "Header text is required. Choose None to leave it out");
        refuse(!isOneLine(header.text()), "header", "Header must be one line");
        longest("header", "Header", header.text(), LONGEST_TITLE);
        refuse(fields.size() > 1, "header", "Header can have one field");
        fieldNames("header", header.text(), fields);
        refuse(
                !fields.isEmpty() && isUnusable(header.example()),
                "headerExample",
                "Enter an example for the field of the header. WhatsApp refuses templates without examples");
    }

    private static boolean isUnusable(String example) {
        return example.isBlank() || example.length() > LONGEST_BODY || !isOneLine(example);
    }

    private void fieldNames(String where, String text, List<String> fields) {
        refuse(
                FIELD.matcher(text).replaceAll("").contains("{{")
                        || FIELD.matcher(text).replaceAll("").contains("}}"),
                where,
                "Write a field as {{1}} or {{name}}");
        long numbers = fields.stream().filter(TemplateDraft::isNumber).count();
        boolean isNumbered = numbers == fields.size() && !draft.isNamed();
        List<String> expected = IntStream.rangeClosed(1, fields.size())
                .mapToObj(String::valueOf)
                .toList();
        refuse(
                isNumbered && !Set.copyOf(expected).equals(Set.copyOf(fields)),
                where,
                "Number the fields from {{1}} without gaps");
        refuse(
                draft.isNamed()
                        && !fields.stream()
                                .allMatch(field -> FIELD_NAME.matcher(field).matches()),
                where,
                "Use either numbers or names for all fields. Names have lowercase letters, digits and underscores");
    }

    private void body() {
        String body = draft.body();
        List<String> fields = TemplateDraft.fields(body);
        refuse(body.isEmpty(), "body", "Body is required");
        longest("body", "Body", body, LONGEST_BODY);
        fieldNames("body", body, fields);
        if (fields.isEmpty()) {
            return;
        }
        var first = FIELD.matcher(body);
        String before = first.find() ? body.substring(0, first.start()) : "";
        String after = body.substring(body.lastIndexOf("}}") + 2);
        refuse(
                NO_WORD.matcher(before).matches() || NO_WORD.matcher(after).matches(),
                "body",
                "Put words before the first field and after the last one. WhatsApp refuses a body that begins or ends"
                        + " with a field");
        refuse(ADJACENT.matcher(body).find(), "body", "Put words between two fields");
        List<String> missing = fields.stream()
                .filter(field -> isUnusable(draft.examples().getOrDefault(field, "")))
                .map(field -> "{{" + field + "}}")
                .toList();
        refuse(
                !missing.isEmpty(),
                "examples",
                "Enter an example for " + String.join(", ", missing) + ". WhatsApp refuses templates without examples");
    }

    private void footer() {
        longest("footer", "Footer", draft.footer(), LONGEST_TITLE);
        refuse(!isOneLine(draft.footer()), "footer", "Footer must be one line");
        refuse(draft.footer().contains("{{"), "footer", "Footer can’t have fields");
    }

    private void buttons() {
        List<Button> buttons = draft.buttons();
        refuse(buttons.size() > MOST_BUTTONS, "buttons", "A template can have 10 buttons");
        refuse(count("url") > 2, "buttons", "A template can have two website buttons");
        refuse(count("phone_number") > 1, "buttons", "A template can have one phone button");
        refuse(count("copy_code") > 1, "buttons", "A template can have one button that copies a code");
        List<Boolean> replies = buttons.stream()
                .map(button -> button.kind().equals("quick_reply"))
                .toList();
        boolean isMixed = replies.contains(true)
                && replies.subList(replies.indexOf(true), replies.lastIndexOf(true))
                        .contains(false);
        refuse(isMixed, "buttons", "Put quick replies next to each other, before or after the other buttons");
        List<String> texts = buttons.stream()
                .filter(button -> !button.kind().equals("copy_code"))
                .map(Button::text)
                .toList();
        refuse(Set.copyOf(texts).size() < texts.size(), "buttons", "Give each button another text");
        buttons.forEach(this::button);
    }

    private long count(String kind) {
        return draft.buttons().stream()
                .filter(button -> button.kind().equals(kind))
                .count();
    }

    private void button(Button button) {
        if (!button.kind().equals("copy_code")) {
            refuse(button.text().isEmpty(), "buttons", "Each button needs a text");
            refuse(
                    !isOneLine(button.text()) || button.text().contains("{{"),
                    "buttons",
                    "The text of a button is one line without fields");
            longest("buttons", "The text of a button", button.text(), LONGEST_BUTTON);
        }
        switch (button.kind()) {
            case "url" -> address(button);
            case "phone_number" ->
                refuse(
                        Phone.ofContact(button.value()).isEmpty(),
                        "buttons",
                        "Enter the phone number of a button with its country code, such as +971500000901");
            case "copy_code" ->
                refuse(
                        button.example().isBlank() || button.example().length() > LONGEST_CODE,
                        "buttons",
                        "Enter an example of the code to copy, of 15 characters or fewer");
            case "quick_reply" -> {}
            default ->
                refuse(true, "buttons", "The kind of a button must be quick_reply, url, phone_number or copy_code");
        }
    }

    private void address(Button button) {
        List<String> fields = TemplateDraft.fields(button.value());
        String plain = FIELD.matcher(button.value()).replaceAll("");
        boolean isAddress =
                plain.matches("https?://.+") && Parse.of(plain, URI::create).isPresent();
        refuse(
                !isAddress || plain.length() > LONGEST_URL,
                "buttons",
                "The address of a button begins with https:// and has 2,000 characters or fewer");
        refuse(
                !fields.isEmpty()
                        && (!fields.equals(List.of("1")) || !button.value().endsWith("{{1}}")),
                "buttons",
                "The address of a button can have one field, {{1}}, at its end");
        refuse(
                !fields.isEmpty() && isUnusable(button.example()),
                "buttons",
                "Enter an example for the field in the address of a button");
    }
}
