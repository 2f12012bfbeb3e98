package dev.banyan.whatsapp.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {

    private static final Map<String, String> FIELDS = Map.of("name", "Amira", "city", "", "first name", "A");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hello {{name}}!; Hello Amira!",
                "{{ Name }}; Amira",
                "{{NAME|there}}; Amira",
                "Hi {{city|there}}; Hi there",
                "Hi {{unknown|you}}; Hi you",
                "Hi {{unknown}}.; Hi .",
                "{{First Name}}; A",
                "{{name}}{{name}}; AmiraAmira",
                "no field {name} }}; no field {name} }}",
                "{{}} {{|x}}; {{}} {{|x}}"
            })
    void fieldsAreFilled(String text, String rendered) {
        assertThat(FieldText.parse(text).render(FIELDS)).isEqualTo(rendered);
    }

    @Test
    void aValueIsNeverReadAsAField() {
        assertThat(FieldText.parse("{{name}}").render(Map.of("name", "{{city}}")))
                .isEqualTo("{{city}}");
    }

    @Test
    void fieldsWithoutADefaultAreNeeded() {
        assertThat(FieldText.parse("{{name}} {{city|Dubai}} {{Code}} {{name|x}}")
                        .needed())
                .containsExactly("name", "code");
    }

    @Test
    void whatOnlyLooksLikeAFieldIsFound() {
        assertThat(FieldText.parse("{name} {{name}} {First Name}, {} {a: 1} {{x|y}}")
                        .bare())
                .containsExactly("{name}", "{First Name}");
    }

    @Test
    void valuesOfATemplateAreFilledOnOneLine() {
        var message = CampaignMessage.template(
                new Template(
                        "eid_offer",
                        "en",
                        List.of("{{city|Dubai}}"),
                        List.of("{{name}}", "10 %"),
                        List.of(),
                        List.of(new TemplateButton(0, "url", "{{code}}"))),
                Optional.of("marketing"));

        CampaignMessage.Rendered rendered = message.render(Map.of("name", "Amira\n\nNasser", "code", "X1"));

        assertThat(rendered.text()).isEqualTo("Template: eid_offer");
        assertThat(rendered.content().detail())
                .isEqualTo(new Template(
                        "eid_offer",
                        "en",
                        List.of("Dubai"),
                        List.of("Amira Nasser", "10 %"),
                        List.of(),
                        List.of(new TemplateButton(0, "url", "X1"))));
        assertThat(message.needed()).containsExactly("name", "code");
        assertThat(CampaignMessage.of(message.text(), message.column(), message.category()))
                .isEqualTo(message);
    }
}
