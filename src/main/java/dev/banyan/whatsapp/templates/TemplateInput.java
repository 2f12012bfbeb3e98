package dev.banyan.whatsapp.templates;

import static dev.banyan.platform.fields.Field.Door.FORM;

import module java.base;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Fields;
import dev.banyan.platform.fields.Fields.Input;
import dev.banyan.platform.fields.Kind;
import dev.banyan.platform.fields.Kind.Shape;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.TemplateDraft.Button;
import dev.banyan.whatsapp.drivers.TemplateDraft.Code;
import dev.banyan.whatsapp.drivers.TemplateDraft.Header;

/// The fields of a template, as forms and programs give them. Forms add examples and buttons, which are lists there.
final class TemplateInput {

    static final TemplateDraft EMPTY =
            new TemplateDraft("", "en", "utility", Header.NONE, "", Map.of(), "", List.of(), Code.NONE);

    static final Fields<TemplateDraft> FIELDS = new Fields<>(EMPTY, TemplateInput::of);

    private static final int LONGEST_LIST = 100;

    private static final Field<TemplateDraft, String> NAME = text("name", TemplateDraft::name);
    private static final Field<TemplateDraft, String> LANGUAGE = text("language", TemplateDraft::language);
    private static final Field<TemplateDraft, String> CATEGORY = FIELDS.add(
                    "category", choice("marketing", "utility", "authentication"), TemplateDraft::category)
            .says("Choose a category", FORM);
    private static final Field<TemplateDraft, String> HEADER_KIND = FIELDS.add(
                    "headerKind",
                    choice("none", "text", "image", "video", "document"),
                    draft -> draft.header().kind())
            .none("none")
            .says("Choose a header", FORM);
    private static final Field<TemplateDraft, String> HEADER =
            text("header", draft -> draft.header().text());
    private static final Field<TemplateDraft, String> HEADER_EXAMPLE =
            text("headerExample", draft -> draft.header().example());
    private static final Field<TemplateDraft, String> BODY = text("body", TemplateDraft::body);
    private static final Field<TemplateDraft, String> FOOTER = text("footer", TemplateDraft::footer);
    private static final Field<TemplateDraft, Boolean> ADVICE =
            FIELDS.add("securityAdvice", Kind.onOff(), draft -> draft.code().advice());
    private static final Field<TemplateDraft, Integer> MINUTES = FIELDS.add(
                    "expiryMinutes", Kind.number(), draft -> draft.code().minutes())
            .none(0)
            .between(0, 90);
    private static final Field<TemplateDraft, Map<String, String>> EXAMPLES = FIELDS.add(
            "examples",
            new Kind<>(
                    Shape.TEXTS,
                    given -> given instanceof Map<?, ?> map && map.size() <= LONGEST_LIST
                            ? Optional.of(map.entrySet().stream()
                                    .collect(Collectors.toMap(
                                            one -> String.valueOf(one.getKey()),
                                            one -> String.valueOf(one.getValue()))))
                            : Optional.empty(),
                    Optional::of,
                    "must give texts by the names of the fields"),
            TemplateDraft::examples);
    private static final Field<TemplateDraft, List<Button>> BUTTONS = FIELDS.add(
            "buttons",
            new Kind<>(
                    Shape.TEXTS,
                    given -> given instanceof List<?> list && list.size() <= LONGEST_LIST
                            ? Optional.of(list.stream()
                                    .filter(ButtonBody.class::isInstance)
                                    .map(ButtonBody.class::cast)
                                    .map(ButtonBody::button)
                                    .toList())
                            : Optional.empty(),
                    Optional::of,
                    "must be a list of buttons"),
            TemplateDraft::buttons);

    private TemplateInput() {}

    private static Field<TemplateDraft, String> text(String name, Function<TemplateDraft, String> getter) {
        return FIELDS.add(
                name,
                Kind.text(text -> Optional.of(text.replace("\r\n", "\n")), text -> text, "must be a text"),
                getter);
    }

    private static Kind<String> choice(String... words) {
        return Kind.text(
                text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(List.of(words)::contains),
                word -> word,
                "must be " + String.join(", ", List.of(words).subList(0, words.length - 1)) + " or "
                        + words[words.length - 1]);
    }

    private static TemplateDraft of(Input<TemplateDraft> input) {
        return new TemplateDraft(
                input.get(NAME),
                input.get(LANGUAGE),
                input.get(CATEGORY),
                new Header(input.get(HEADER_KIND), input.get(HEADER), input.get(HEADER_EXAMPLE)),
                input.get(BODY),
                input.get(EXAMPLES),
                input.get(FOOTER),
                input.get(BUTTONS),
                new Code(input.get(ADVICE), input.get(MINUTES)));
    }
}
