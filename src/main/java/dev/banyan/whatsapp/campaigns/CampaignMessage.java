package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;

/// The message of a campaign: a text, or a template, whose values may contain fields of the recipient.
///
/// @param text of a template: what people read in lists
/// @param category what WhatsApp charges for the template as, if the person has said it
public record CampaignMessage(String text, Optional<Template> template, Optional<String> category) {

    public static final Set<String> CATEGORIES = Set.of("marketing", "utility", "authentication");

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,4})?");
    private static final int MOST_VALUES = 50;
    private static final int LONGEST_VALUE = 1_024;

    /// A message for one recipient.
    record Rendered(String text, MessageContent content) {}

    public static CampaignMessage text(String text) {
        return new CampaignMessage(text, Optional.empty(), Optional.empty());
    }

    /// A template whose name stands for its text in lists.
    public static CampaignMessage template(Template template, Optional<String> category) {
        return new CampaignMessage(textOf(template.name()), Optional.of(template), category);
    }

    /// Returns the text that stands for a template.
    static String textOf(String template) {
        return "Template: " + template;
    }

    /// Returns the content for a table; empty for a text.
    Optional<String> column() {
        return template.flatMap(one -> new MessageContent(one, Optional.empty()).column());
    }

    static CampaignMessage of(String text, Optional<String> column, Optional<String> category) {
        Optional<Template> template = column.map(json -> MessageContent.of(Optional.of(json), Optional.empty()))
                .map(MessageContent::detail)
                .filter(Template.class::isInstance)
                .map(Template.class::cast);
        return new CampaignMessage(text, template, category);
    }

    /// Returns every broken rule.
    List<Invalid> broken() {
        var broken = new ArrayList<Invalid>();
        MessageBody.broken(text, Optional.empty()).ifPresent(broken::add);
        category.filter(word -> !CATEGORIES.contains(word))
                .ifPresent(_ ->
                        broken.add(new Invalid("category", "category must be marketing, utility or authentication")));
        template.ifPresent(one -> {
            if (!NAME.matcher(one.name()).matches()) {
                broken.add(new Invalid(
                        "template", "The name of a template has lowercase letters, digits and underscores"));
            }
            if (!LANGUAGE.matcher(one.language()).matches()) {
                broken.add(new Invalid("language", "language must be a code such as en or pt_BR"));
            }
            List<String> values = values(one).toList();
            if (values.size() > MOST_VALUES || values.stream().anyMatch(CampaignMessage::isBadValue)) {
                broken.add(new Invalid(
                        "values",
                        "A template has at most " + MOST_VALUES + " values of " + LONGEST_VALUE
                                + " characters or fewer, each on one line"));
            }
        });
        return broken;
    }

    private static boolean isBadValue(String value) {
        return value.codePointCount(0, value.length()) > LONGEST_VALUE
                || value.codePoints().anyMatch(Character::isISOControl);
    }

    private static Stream<String> values(Template template) {
        return Stream.of(
                        template.header().stream(),
                        template.body().stream(),
                        template.buttons().stream().map(TemplateButton::value))
                .flatMap(all -> all);
    }

    /// Returns the fields that every recipient should have.
    Set<String> needed() {
        return all(FieldText::needed);
    }

    /// Returns what looks like a field and is none.
    Set<String> bare() {
        return all(FieldText::bare);
    }

    private Set<String> all(Function<FieldText, Set<String>> of) {
        return template.map(CampaignMessage::values)
                .orElseGet(() -> Stream.of(text))
                .flatMap(part -> of.apply(FieldText.parse(part)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Rendered render(Map<String, String> fields) {
        return template.map(one -> {
                    var filled = new Template(
                            one.name(),
                            one.language(),
                            all(one.header(), fields),
                            all(one.body(), fields),
                            one.names(),
                            one.buttons().stream()
                                    .map(button -> new TemplateButton(
                                            button.index(), button.kind(), line(button.value(), fields)))
                                    .toList());
                    return new Rendered(
                            FieldText.parse(text).render(fields), new MessageContent(filled, Optional.empty()));
                })
                .orElseGet(() -> new Rendered(FieldText.parse(text).render(fields), MessageContent.PLAIN));
    }

    private static List<String> all(List<String> values, Map<String, String> fields) {
        return values.stream().map(value -> line(value, fields)).toList();
    }

    private static String line(String value, Map<String, String> fields) {
        return Template.onOneLine(FieldText.parse(value).render(fields));
    }
}
