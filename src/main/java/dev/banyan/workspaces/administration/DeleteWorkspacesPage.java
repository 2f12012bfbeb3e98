package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.administration.WorkspaceDeletions.Contents;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks to confirm that workspaces are deleted, listing them by name. `active` are those that can't be deleted because
/// they aren't suspended, `held` those whose numbers have servants, and `rest` counts further ones that aren't listed.
/// `action` is the form's target, `back` the page for Cancel, `exports` true for owners, who may export them first.
@CheckedTemplate(basePath = "workspaces")
record DeleteWorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        List<Item> deletable,
        List<Item> active,
        List<Item> held,
        Rest rest,
        Optional<FormProblem> problem,
        String action,
        String back,
        boolean exports,
        boolean fragment)
        implements TemplateInstance {

    /// What is deleted besides the listed ones.
    ///
    /// @param chosenBy the fields that choose all of them; empty: those that are listed are all
    /// @param total how many are deleted, with the listed ones
    record Rest(List<Choice> chosenBy, int more, int total) {

        static Rest none(List<Item> deletable) {
            return new Rest(List.of(), 0, deletable.size());
        }

        public String totalText() {
            return Words.grouped(total);
        }

        public String moreText() {
            return Words.grouped(more);
        }
    }

    /// `number` is the WhatsApp number that is removed with it; `kept` says that it has servants.
    record Item(
            String id,
            String name,
            String path,
            boolean suspended,
            boolean kept,
            String contents,
            Optional<String> number) {

        static List<Item> of(List<Workspace> workspaces, Map<WorkspaceId, Contents> contents) {
            return workspaces.stream()
                    .flatMap(workspace -> Optional.ofNullable(contents.get(workspace.id())).stream()
                            .map(found -> of(workspace, found)))
                    .toList();
        }

        private static Item of(Workspace workspace, Contents contents) {
            return new Item(
                    workspace.id().toString(),
                    workspace.name(),
                    WorkspacePaths.publicPath(workspace),
                    workspace.suspended(),
                    workspace.suspended() && contents.isHeld(),
                    String.join(
                            ", ",
                            Words.count(contents.users(), "user", "users"),
                            contents.conversations() < WorkspaceDeletions.MOST_COUNTED
                                    ? Words.count(contents.conversations(), "conversation", "conversations")
                                    : "more than 1,000 conversations",
                            Words.count(contents.files(), "file", "files")),
                    contents.number()
                            .map(sender -> sender.phone().map(Object::toString).orElse("its WhatsApp number")));
        }

        public boolean deletable() {
            return suspended && !kept;
        }
    }
}
