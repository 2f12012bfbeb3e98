package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkForm;
import dev.banyan.pages.editor.PageEditorPage.SettingsForm;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;

/// The state of the editor's forms: which of them is open or was refused. All others are empty.
sealed interface EditorForms {

    record Empty() implements EditorForms {}

    record NewLink(LinkForm typed, FieldErrors errors) implements EditorForms {}

    record NewGroup(String typed, FieldErrors errors) implements EditorForms {}

    /// @param typed values that replace the stored ones
    record EditedLink(String id, Optional<LinkFields> typed, FieldErrors errors) implements EditorForms {}

    record EditedGroup(GroupEdit edit) implements EditorForms {}

    record Settings(SettingsForm typed, FieldErrors errors) implements EditorForms {}

    record Problem(FormProblem problem) implements EditorForms {}
}
