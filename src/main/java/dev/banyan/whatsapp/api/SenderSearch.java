package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Predicate;

/// Lists of senders in the API, all with the syntax of [SenderQuery].
@Singleton
final class SenderSearch {

    private final PoolApiGuard gate;
    private final Pools pools;
    private final SenderAnswers answers;

    SenderSearch(PoolApiGuard gate, Pools pools, SenderAnswers answers) {
        this.gate = gate;
        this.pools = pools;
        this.answers = answers;
    }

    Response masters(AccountContext context, Optional<String> limit, Optional<String> after) {
        return page(context, SenderQuery.ALL, Sender::isMaster, limit, after);
    }

    /// @param master only the servants of this master
    Response servants(
            Call call,
            AccountContext context,
            Optional<String> master,
            Optional<String> limit,
            Optional<String> after) {
        var wanted = new HashMap<String, String>();
        master.ifPresent(id -> wanted.put("master", id));
        return search(call, context, wanted, sender -> !sender.isMaster(), limit, after);
    }

    /// Searches by the parameters of the request.
    Response all(Call call, AccountContext context, Optional<String> limit, Optional<String> after) {
        var wanted = new HashMap<String, String>();
        SenderQuery.FIELDS.forEach(field -> call.query(field).ifPresent(value -> wanted.put(field, value)));
        return search(call, context, wanted, _ -> true, limit, after);
    }

    private Response search(
            Call call,
            AccountContext context,
            HashMap<String, String> wanted,
            Predicate<Sender> also,
            Optional<String> limit,
            Optional<String> after) {
        String master = wanted.getOrDefault("master", "");
        if (!master.isEmpty()
                && gate.find(context, master).filter(Sender::isMaster).isEmpty()) {
            return gate.unknown(call, PoolApiGuard.NO_MASTER);
        }
        return switch (SenderQuery.parse(wanted)) {
            case SenderQuery.Parsed.Bad bad -> Answers.refused(bad.invalid());
            case SenderQuery.Parsed.Good good -> page(context, good.query(), also, limit, after);
        };
    }

    private Response page(
            AccountContext context,
            SenderQuery query,
            Predicate<Sender> also,
            Optional<String> limit,
            Optional<String> after) {
        Optional<String> cursor = after.filter(text -> !text.isEmpty());
        return switch (Paging.of(limit, cursor, SenderId::parse)) {
            case Paging.Bad<SenderId> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<SenderId> slice ->
                answers.list(pools.search(context.root().id(), query, also, slice.after(), slice.limit()));
        };
    }
}
