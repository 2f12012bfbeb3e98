package dev.banyan.pages.editor;

import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkForm;
import dev.banyan.pages.editor.PageEditorPage.SettingsForm;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import java.util.Optional;

/// The state of the editor's forms: empty, filled, or refused.
record EditorForms(
        LinkForm newLink,
        FieldErrors newLinkErrors,
        String newGroup,
        FieldErrors newGroupErrors,
        Optional<Edited> edit,
        Optional<GroupEdit> groupEdit,
        Optional<SettingsForm> settings,
        FieldErrors settingsErrors,
        Optional<FormProblem> problem,
        Optional<String> undo) {

    /// The link whose form is open.
    ///
    /// @param typed values that replace the stored ones
    record Edited(String linkId, Optional<LinkFields> typed, FieldErrors errors) {}

    static final EditorForms EMPTY = new EditorForms(
            LinkForm.EMPTY,
            FieldErrors.NONE,
            "",
            FieldErrors.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            FieldErrors.NONE,
            Optional.empty(),
            Optional.empty());

    static EditorForms refusedNew(LinkForm typed, FieldErrors errors) {
        return new EditorForms(
                typed,
                errors,
                "",
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static EditorForms refusedGroup(String typed, FieldErrors errors) {
        return new EditorForms(
                LinkForm.EMPTY,
                FieldErrors.NONE,
                typed,
                errors,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static EditorForms refusedSettings(SettingsForm typed, FieldErrors errors) {
        return new EditorForms(
                LinkForm.EMPTY,
                FieldErrors.NONE,
                "",
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(typed),
                errors,
                Optional.empty(),
                Optional.empty());
    }

    EditorForms editing(Optional<Edited> link, Optional<GroupEdit> group) {
        return new EditorForms(
                newLink, newLinkErrors, newGroup, newGroupErrors, link, group, settings, settingsErrors, problem, undo);
    }

    EditorForms problem(FormProblem one) {
        return new EditorForms(
                newLink,
                newLinkErrors,
                newGroup,
                newGroupErrors,
                edit,
                groupEdit,
                settings,
                settingsErrors,
                Optional.of(one),
                undo);
    }

    EditorForms undo(Optional<String> id) {
        return new EditorForms(
                newLink,
                newLinkErrors,
                newGroup,
                newGroupErrors,
                edit,
                groupEdit,
                settings,
                settingsErrors,
                problem,
                id);
    }
}
