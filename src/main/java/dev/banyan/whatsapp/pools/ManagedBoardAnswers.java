package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.access.ManagedAnswers;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// The board of a sub-account says which account manages its numbers.
@Singleton
final class ManagedBoardAnswers implements ManagedAnswers {

    @Override
    public Response answer(PoolPage page, int status) {
        return Html.answer(
                status,
                new PoolsPage(
                        page.frame("Numbers"),
                        page.context().parent().map(Account::username),
                        new BoardFilter("", Map.of(), SenderQuery.ALL, Optional.empty(), Optional.empty()),
                        BoardView.NONE,
                        List.of(),
                        "",
                        "",
                        0));
    }
}
