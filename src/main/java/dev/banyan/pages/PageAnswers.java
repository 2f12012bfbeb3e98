package dev.banyan.pages;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FormProblem;
import jakarta.ws.rs.core.Response;

/// Responses about pages shared by several rooms.
public final class PageAnswers {

    /// Says that a page beyond the plan can't be changed.
    public static final FormProblem OVER_LIMIT =
            new FormProblem("Your changes weren’t saved.", PagesResource.OVER_LIMIT + ".");

    private PageAnswers() {}

    /// Returns the response for a page that doesn't exist or that the caller may not see.
    public static Response unknownPage(Call call, ErrorPages errorPages) {
        return errorPages.answer(
                call,
                404,
                "Page not found",
                "It may have been deleted, or you may not have access to its account. Go to Pages to see yours.");
    }
}
