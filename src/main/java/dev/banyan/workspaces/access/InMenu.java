package dev.banyan.workspaces.access;

import module java.base;

/// The menu entry that the screens of a resource class belong to. Their requests, an [AdminRequest] or a `MemberPage`,
/// let only members in who have its right.
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InMenu {

    WorkspaceMenu value();

    /// Whether members without the right get a page without the workspace's menu.
    boolean refusedPlainly() default false;
}
