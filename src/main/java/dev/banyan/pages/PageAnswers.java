package dev.banyan.pages;

import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;

/// Responses about pages shared by several rooms.
public final class PageAnswers {

    /// Says that a page beyond the plan can't be changed.
    public static final FormProblem OVER_LIMIT =
            new FormProblem("Your changes weren’t saved.", PagesResource.OVER_LIMIT + ".");

    private PageAnswers() {}

    /// Returns the page with an id of the path, or throws that it doesn't exist.
    public static Page find(Pages pages, AccountPage request, String pageId) {
        return pages.find(request.context(), id(request, pageId)).orElseThrow(() -> unknownPage(request));
    }

    /// Reads an id of the path, or throws that there is no page with it.
    public static PageId id(AccountPage request, String pageId) {
        return PageId.parse(pageId).orElseThrow(() -> unknownPage(request));
    }

    /// Returns what is thrown for a page that doesn't exist or that the caller may not see.
    public static EarlyAnswer unknownPage(AccountPage request) {
        return request.refused(
                404,
                "Page not found",
                "It may have been deleted, or you may not have access to its account. Go to Pages to see yours.");
    }
}
