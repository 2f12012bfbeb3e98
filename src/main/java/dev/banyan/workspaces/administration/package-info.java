/// Projects and workspaces: creating, changing, suspending, deleting, their settings and appearance.
///
/// May call `signin` and everything below it. Begin with `WorkspacesResource` and `ProjectsPageResource`.
@NullMarked
package dev.banyan.workspaces.administration;

import org.jspecify.annotations.NullMarked;
