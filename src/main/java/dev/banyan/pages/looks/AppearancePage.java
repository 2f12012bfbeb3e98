package dev.banyan.pages.looks;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The appearance of a page: one form for the settings, one for each picture, one for each social icon.
@CheckedTemplate(basePath = "pages")
record AppearancePage(
        PageFrame shell,
        String pageId,
        String pageName,
        String previewPath,
        String tierLabel,
        List<ThemeCard> themes,
        List<Section> sections,
        List<PictureField> pictures,
        List<IconRow> icons,
        NewIcon newIcon,
        List<Choice> platforms,
        FieldErrors errors,
        List<Warning> warnings,
        boolean unknownGround,
        Optional<FormProblem> problem,
        boolean upgrade,
        List<String> beyond)
        implements TemplateInstance {

    /// A theme. `need` is the label of the required tier, if the account's tier lacks it.
    record ThemeCard(String key, String label, String text, boolean chosen, String need) {}

    /// A section; `id` is that of its heading.
    record Section(String id, String title, String text, List<Field> fields) {}

    /// A field. `kind` is text, lines, color, hex (which may be empty), number, select or check. `field` is its name in
    /// the API, for errors.
    record Field(
            String kind, String name, String field, String label, String value, String help, List<Choice> choices) {

        public String id() {
            return "look-" + name;
        }

        public boolean isChecked() {
            return value.equals("true");
        }
    }

    /// A picture; `path` is that of the current one, empty for none.
    record PictureField(
            String use, String label, String path, boolean video, String help, String accept, String need) {}

    /// A social icon; `offered` says whether its platform can be chosen.
    record IconRow(
            String id, String platform, boolean offered, String url, boolean active, boolean first, boolean last) {}

    record NewIcon(String platform, String url) {}

    /// A warning. `better` is empty if no colour is readable; `fix` is the value of its button.
    record Warning(String text, String better, String fix) {}
}
