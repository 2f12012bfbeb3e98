package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.request.OwnerEntrance;
import dev.banyan.platform.web.request.OwnerPage;
import dev.banyan.platform.web.request.OwnerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/// The ways to the things of an account: its API, and its pages.
final class AccountEntrances {

    private AccountEntrances() {}

    @Singleton
    record Api(AccountGuard guard) implements OwnerEntrance {

        @Override
        public String root() {
            return "/api/admin/";
        }

        @Override
        public OwnerRequest open(Call call, MultivaluedMap<String, String> ids, String as) {
            return new ApiRequest(call, guard.account(call).owner());
        }
    }

    private record ApiRequest(Call call, Owner account) implements OwnerRequest {

        @Override
        public Optional<String> workspace() {
            return Optional.empty();
        }

        @Override
        public Response answer(Refused refused) {
            return AccountRequest.failure(refused);
        }
    }

    @Singleton
    record Pages(AccountGuard guard, PageFrames frames, ErrorPages errorPages) implements OwnerEntrance {

        @Override
        public String root() {
            return "/admin/";
        }

        @Override
        public OwnerRequest open(Call call, MultivaluedMap<String, String> ids, String as) {
            return new Page(call, guard.pageAccount(call, as), frames, errorPages);
        }
    }

    private record Page(Call call, AccountContext context, PageFrames frames, ErrorPages errorPages)
            implements OwnerPage {

        @Override
        public Owner account() {
            return context.owner();
        }

        @Override
        public Optional<String> workspace() {
            return Optional.empty();
        }

        @Override
        public PageFrame frame(NavItem item, String title) {
            return frames.of(call, context, item, title);
        }

        @Override
        public String base() {
            return "/admin";
        }

        @Override
        public String as() {
            return context.acting().username();
        }

        @Override
        public Optional<Inside> inside() {
            return Optional.empty();
        }

        @Override
        public Response answer(Refused refused) {
            return errorPages.refused(call, refused);
        }
    }
}
