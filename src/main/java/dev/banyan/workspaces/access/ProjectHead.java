package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Switch;

/// The project's data on its pages. `registration` is its default for new workspaces.
public record ProjectHead(
        String id, String name, boolean enabled, boolean registration, RegistrationProof proof, long workspaces) {

    public static ProjectHead of(Project project) {
        return new ProjectHead(
                project.id().toString(),
                project.name(),
                project.enabled(),
                project.registrationEnabled(),
                project.registrationProof(),
                project.workspaces());
    }

    public String workspacesText() {
        return Words.count(workspaces, "workspace", "workspaces");
    }

    /// The value the switch sends.
    public String nextEnabled() {
        return Switch.opposite(enabled);
    }

    /// The choices for what is required before a registration counts, with the current one marked.
    public List<Choice> proofs() {
        return Stream.of(RegistrationProof.values())
                .map(known -> new Choice(known.key(), known.label))
                .toList();
    }

    /// The value the switch sends.
    public String nextRegistration() {
        return Switch.opposite(registration);
    }
}
