package dev.banyan.pages.looks;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** How a page looks: one form for what is chosen, one for each picture, one for each social icon. */
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

    /** {@code need} is the label of the tier that has it, where the account's has not. */
    record ThemeCard(String key, String label, String text, boolean chosen, String need) {}

    /** {@code id} of its heading. */
    record Section(String id, String title, String text, List<Field> fields) {}

    /**
     * {@code kind}: text, lines, color, hex (which may be empty), number, select or check. {@code field} as the API
     * names it, for errors.
     */
    record Field(
            String kind, String name, String field, String label, String value, String help, List<Choice> choices) {

        public String id() {
            return "look-" + name;
        }

        public boolean isChecked() {
            return value.equals("true");
        }
    }

    /** {@code path} of what is there now; empty for nothing. */
    record PictureField(
            String use, String label, String path, boolean video, String help, String accept, String need) {}

    /** {@code offered} says whether the platform is among those that can be chosen. */
    record IconRow(
            String id, String platform, boolean offered, String url, boolean active, boolean first, boolean last) {}

    record NewIcon(String platform, String url) {}

    /** {@code better} is empty where no colour passes; {@code fix} is what its button sends. */
    record Warning(String text, String better, String fix) {}
}
