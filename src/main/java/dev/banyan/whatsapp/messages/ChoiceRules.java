package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.MessageContent.Detail;

/// The rules for buttons and lists, with WhatsApp's limits.
final class ChoiceRules {

    static final int LONGEST_BODY = 1_024;
    static final int LONGEST_LIST_BODY = 4_096;
    private static final int LONGEST_EDGE = 60;
    private static final int MOST_BUTTONS = 3;
    private static final int LONGEST_BUTTON = 20;
    private static final int LONGEST_BUTTON_ID = 256;
    private static final int MOST_SECTIONS = 10;
    private static final int MOST_ROWS = 10;
    private static final int LONGEST_TITLE = 24;
    private static final int LONGEST_DESCRIPTION = 72;
    private static final int LONGEST_ROW_ID = 200;

    private ChoiceRules() {}

    static Detail buttons(MessageDraft.Buttons given) throws Rule.Broken {
        List<MessageDraft.Button> all = given.buttons().orElse(List.of());
        if (all.isEmpty() || all.size() > MOST_BUTTONS) {
            throw Rule.broken("buttons.buttons", "buttons.buttons must have 1 to " + MOST_BUTTONS + " buttons");
        }
        var ids = new HashSet<String>();
        var titles = new HashSet<String>();
        var buttons = new ArrayList<Choice>();
        for (int i = 0; i < all.size(); i++) {
            String field = "buttons.buttons[" + i + "]";
            String id = Rule.text(field + ".id", all.get(i).id(), LONGEST_BUTTON_ID);
            String title = Rule.text(field + ".title", all.get(i).title(), LONGEST_BUTTON);
            once(ids, field + ".id", id);
            once(titles, field + ".title", title);
            buttons.add(new Choice(id, title, ""));
        }
        return new MessageContent.Buttons(
                Rule.optional("buttons.header", given.header(), LONGEST_EDGE),
                Rule.optional("buttons.footer", given.footer(), LONGEST_EDGE),
                buttons);
    }

    private static void once(Set<String> known, String field, String value) throws Rule.Broken {
        if (!known.add(value)) {
            throw Rule.broken(field, field + " must be different from the others");
        }
    }

    static Detail list(MessageDraft.Choices given) throws Rule.Broken {
        List<MessageDraft.Section> all = given.sections().orElse(List.of());
        if (all.isEmpty() || all.size() > MOST_SECTIONS) {
            throw Rule.broken("list.sections", "list.sections must have 1 to " + MOST_SECTIONS + " sections");
        }
        int rows = all.stream()
                .mapToInt(section -> section.rows().map(List::size).orElse(0))
                .sum();
        if (rows == 0 || rows > MOST_ROWS) {
            throw Rule.broken("list.sections", "list.sections must have 1 to " + MOST_ROWS + " rows in all");
        }
        var ids = new HashSet<String>();
        var sections = new ArrayList<MessageContent.Choices.Section>();
        for (int i = 0; i < all.size(); i++) {
            sections.add(section("list.sections[" + i + "]", all.get(i), all.size() > 1, ids));
        }
        return new MessageContent.Choices(
                Rule.optional("list.header", given.header(), LONGEST_EDGE),
                Rule.optional("list.footer", given.footer(), LONGEST_EDGE),
                Rule.text("list.button", given.button(), LONGEST_BUTTON),
                sections);
    }

    private static MessageContent.Choices.Section section(
            String field, MessageDraft.Section given, boolean isTitled, Set<String> ids) throws Rule.Broken {
        Optional<String> title = given.title();
        List<MessageDraft.Row> all = given.rows().orElse(List.of());
        if (all.isEmpty()) {
            throw Rule.broken(field + ".rows", field + ".rows must have at least one row");
        }
        var rows = new ArrayList<Choice>();
        for (int i = 0; i < all.size(); i++) {
            MessageDraft.Row row = all.get(i);
            String at = field + ".rows[" + i + "]";
            String id = Rule.text(at + ".id", row.id(), LONGEST_ROW_ID);
            once(ids, at + ".id", id);
            rows.add(new Choice(
                    id,
                    Rule.text(at + ".title", row.title(), LONGEST_TITLE),
                    Rule.optional(at + ".description", row.description(), LONGEST_DESCRIPTION)));
        }
        return new MessageContent.Choices.Section(
                isTitled
                        ? Rule.text(field + ".title", title, LONGEST_TITLE)
                        : Rule.optional(field + ".title", title, LONGEST_TITLE),
                rows);
    }
}
