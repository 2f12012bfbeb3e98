package dev.banyan.platform.audit;

import module java.base;

/// What operators do who help an account, besides looking: pages, short links, new brands. Whatever else is noted ends
/// with its transaction when they did it, by any way, alone or in a batch: the routes that are closed to them are only
/// the first door. `ActsOfSupportTest` compares this with the routes that are open.
public final class ActsOfSupport {

    public static final Set<String> ALL = Set.of(
            "AppearancePushed",
            "AppearanceUpdated",
            "BrandTemplateRenamed",
            "BrandTemplateSaved",
            "ContentRestored",
            "ContextSwitched",
            "LinkGroupsUpdated",
            "LinksUpdated",
            "MessageButtonRemoved",
            "MessageButtonSaved",
            "PageCopied",
            "PageCreated",
            "PageUpdated",
            "PagesReordered",
            "ShortLinksUpdated",
            "SubAccountCreated",
            "SupportEnded");

    private ActsOfSupport() {}

    static void check(Actor actor, String act) {
        if (!ALL.contains(act)) {
            actor.refuseSupport();
        }
    }
}
