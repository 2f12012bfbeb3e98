package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;

/// Fills a template with what a person has typed.
public final class TemplateValues {

    private static final int LONGEST = 1_024;

    private TemplateValues() {}

    /// Returns what the fields of a template are called, in the order in which [#fill] takes their values.
    public static List<String> fields(TemplateBook.Entry entry) {
        var fields = new ArrayList<String>();
        IntStream.range(0, entry.header()).forEach(place -> fields.add("Header " + (place + 1)));
        entry.names().forEach(name -> fields.add("Value of " + name));
        entry.buttons().stream()
                .filter(TemplateBook.Button::takesValue)
                .forEach(button -> fields.add("Value of button “" + button.text() + "”"));
        return List.copyOf(fields);
    }

    /// @return empty if a value is missing, too long or too many
    public static Optional<Template> fill(TemplateBook.Entry entry, List<String> typed) {
        List<String> values = typed.stream().map(String::strip).toList();
        boolean isWhole = values.size() == fields(entry).size()
                && values.stream().noneMatch(value -> value.isEmpty() || value.length() > LONGEST);
        if (!isWhole) {
            return Optional.empty();
        }
        int body = entry.header() + entry.names().size();
        var buttons = new ArrayList<TemplateButton>();
        for (int place = 0; place < entry.buttons().size(); place++) {
            TemplateBook.Button button = entry.buttons().get(place);
            if (button.takesValue()) {
                buttons.add(new TemplateButton(place, button.kind(), values.get(body + buttons.size())));
            }
        }
        return Optional.of(new Template(
                entry.name(),
                entry.language(),
                values.subList(0, entry.header()),
                values.subList(entry.header(), body),
                entry.isNamed() ? entry.names() : List.of(),
                buttons));
    }
}
