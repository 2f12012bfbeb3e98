package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.themes.HexColor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The appearance of a page: one form for the settings and pictures, and one for each social icon.
///
/// @param filledFor the theme that the fields are filled for
@CheckedTemplate(basePath = "pages")
record AppearancePage(
        PageFrame shell,
        String pageId,
        String pageName,
        String previewPath,
        String tierLabel,
        List<ThemeCard> themes,
        String filledFor,
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
    record ThemeCard(String key, String label, boolean chosen, String need) {}

    /// A section; `id` is that of its heading. `own` says whether it has fields that the theme would fill otherwise.
    record Section(String id, String title, boolean own, List<FieldRow> rows) {}

    /// Fields that apply to the same choices of another field: `when` names it and its values, `note` says so in words.
    record FieldRow(String when, String note, List<Field> fields) {}

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

        /// Returns the color for the picker, which can't be empty.
        public String picked() {
            return HexColor.parse(value).map(HexColor::toString).orElse("#ffffff");
        }
    }

    /// A picture; `path` is that of the current one, empty for none. `when` names the choice that shows it.
    record PictureField(
            String use,
            String label,
            String path,
            boolean video,
            boolean cropped,
            String help,
            String accept,
            String need,
            String when) {}

    /// A social icon; `offered` says whether its platform can be chosen.
    record IconRow(
            String id, String platform, boolean offered, String url, boolean active, boolean first, boolean last) {}

    record NewIcon(String platform, String url) {}

    /// A warning. `better` is empty if no colour is readable; `fix` is the value of its button.
    record Warning(String text, String better, String fix) {}
}
