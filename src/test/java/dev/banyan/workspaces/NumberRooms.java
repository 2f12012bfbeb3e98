package dev.banyan.workspaces;

import module java.base;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import jakarta.enterprise.context.Dependent;

/// Workspaces with numbers linked by a test, and people in them.
@Dependent
public class NumberRooms {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    /// A person signed in to a workspace.
    public record Insider(Workspace workspace, String token) {

        public String cookie() {
            return "banyan_ws_" + workspace.id() + "=" + token;
        }
    }

    private final TestWorld world;
    private final Workspaces workspaces;
    private final Linking linking;

    NumberRooms(TestWorld world, Workspaces workspaces, Linking linking) {
        this.world = world;
        this.workspaces = workspaces;
        this.linking = linking;
    }

    public TestWorld world() {
        return world;
    }

    /// Creates a workspace in a project of its own.
    public Workspace workspace(String name) {
        return workspace(world.context(world.acme()), name);
    }

    public Workspace workspace(AccountContext owner, String name) {
        return world.workspace(owner, world.project(owner, name), name);
    }

    public Insider somebody(Workspace workspace, WorkspaceRole role) {
        String username = "amira_" + PEOPLE.incrementAndGet();
        return new Insider(
                workspace,
                world.guest(world.context(world.acme()), workspace, username, role)
                        .token());
    }

    /// Suspends a workspace as the agency.
    public void suspend(Workspace workspace) {
        var side = new WorkspaceActor.ProjectSide(world.context(world.acme()));
        workspaces.update(side, workspace.project(), workspace.id(), WorkspaceChange.suspended(true));
    }

    public Linking.Simulated scan(Workspace workspace, String client, String phone) {
        return linking.scan(WorkspaceNumbers.tenant(workspace), new SenderId(client), Phone.parse(phone));
    }

    public Linking.Simulated fault(Workspace workspace, String client, Fault fault) {
        return linking.fault(WorkspaceNumbers.tenant(workspace), new SenderId(client), fault);
    }
}
