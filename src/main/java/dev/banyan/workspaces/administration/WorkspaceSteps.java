package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.checklist.FirstStep;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.checklist.FirstSteps;
import dev.banyan.accounts.checklist.Viewer;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectStore;
import jakarta.inject.Singleton;

/// The first project with a workspace, of the account or one of its brands.
@Singleton
record WorkspaceSteps(Settings settings) implements FirstSteps {

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        if (settings.maxSubClients().isZero()) {
            return List.of(); // this server has none
        }
        var projects = new ProjectStore(tx);
        Owner owner = viewer.context().root().owner();
        boolean done = projects.hasWorkspaces(owner.tenant());
        String path = projects.list(owner, Optional.empty(), 1).stream()
                .findFirst()
                .map(project -> "/projects/" + project.id() + "/sub-clients/new")
                .orElse("/projects/new");
        return List.of(new FirstStep(
                Place.WORKSPACE,
                "Create a project and a workspace",
                "A workspace is a private room in which a team answers its customers.",
                path.equals("/projects/new") ? "Create project" : "Create workspace",
                path,
                done));
    }
}
