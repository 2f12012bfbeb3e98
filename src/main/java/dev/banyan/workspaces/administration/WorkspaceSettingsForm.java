package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.access.WorkspaceDoor;

/// The settings of a workspace as forms, for the project's side and for its own admins. `action` is the target of the
/// forms, `as` the account they act for; `address` is present for people who may change it. `saved` is what is stored,
/// `values` what is in the fields.
record WorkspaceSettingsForm(
        String action,
        Optional<String> as,
        Optional<Address> address,
        Workspace saved,
        WorkspaceDoor door,
        boolean projectOpen,
        Values values,
        FieldErrors errors) {

    /// What only the project's side can change.
    record Address(String shortId, boolean isDefault, boolean isTemplate) {}

    /// The form input.
    record Values(
            String name,
            String description,
            String pathname,
            String color,
            String letters,
            String welcome,
            String language) {

        static Values of(Workspace workspace) {
            return new Values(
                    workspace.name(),
                    workspace.description().orElse(""),
                    workspace.pathname(),
                    workspace.brand().color().map(WorkspaceColor::hex).orElse(""),
                    workspace.brand().letters().orElse(""),
                    workspace.brand().welcome().orElse(""),
                    workspace.brand().language().code);
        }

        Values withDetails(String otherName, String otherDescription, String otherPathname) {
            return new Values(otherName, otherDescription, otherPathname, color, letters, welcome, language);
        }

        Values withBrand(WorkspaceBrands.BrandRequest wanted) {
            return new Values(
                    name, description, pathname, wanted.color(), wanted.letters(), wanted.welcome(), wanted.language());
        }
    }

    WorkspaceSettingsForm again(Values typed, FieldErrors wrong) {
        return new WorkspaceSettingsForm(action, as, address, saved, door, projectOpen, typed, wrong);
    }

    public WorkspaceOverviewPage.Registration registration() {
        return new WorkspaceOverviewPage.Registration(saved.registrationEnabled(), projectOpen);
    }

    /// "7.6", the contrast of the color in the field, if it is a color.
    public Optional<String> contrast() {
        return WorkspaceColor.parse(values.color()).map(WorkspaceColor::contrastText);
    }

    /// The nearest color on which text is readable, if it isn't on the color in the field.
    public Optional<String> suggestion() {
        return WorkspaceColor.parse(values.color())
                .filter(color -> !color.carriesText())
                .map(color -> color.readable().hex());
    }

    public List<Language> languages() {
        return List.of(Language.values());
    }

    /// Whether it has a picture instead of letters.
    public boolean hasPicture() {
        return saved.brand().picture().isPresent();
    }

    /// The address of the sign-in page as it would look with the values in the fields.
    public String preview() {
        return action + "/preview?"
                + as.map(account -> parameter("as", account) + "&").orElse("")
                + parameter("color", values.color()) + "&" + parameter("letters", values.letters()) + "&"
                + parameter("welcome", values.welcome()) + "&" + parameter("language", values.language());
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
