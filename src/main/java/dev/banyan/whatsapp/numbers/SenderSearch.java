package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.numbers.SenderAnswers.SenderList;
import jakarta.inject.Singleton;

/// Lists of senders in the API, all with the syntax of [SenderQuery].
@Singleton
record SenderSearch(Pools pools, SenderAnswers answers) {

    SenderList masters(PoolRequest request, PageQuery page) {
        return page(request, SenderQuery.ALL, Sender::isMaster, page);
    }

    /// @param master only the servants of this master
    SenderList servants(PoolRequest request, Optional<String> master, PageQuery page) {
        Map<String, String> typed = master.map(id -> Map.of("master", id)).orElse(Map.of());
        return search(request, typed, sender -> !sender.isMaster(), page);
    }

    /// Searches by the parameters of the request.
    SenderList all(PoolRequest request, PageQuery page) {
        var typed = new HashMap<String, String>();
        SenderQuery.FIELDS.forEach(field -> request.call().query(field).ifPresent(value -> typed.put(field, value)));
        return search(request, typed, _ -> true, page);
    }

    private SenderList search(PoolRequest request, Map<String, String> typed, Predicate<Sender> also, PageQuery page) {
        String master = typed.getOrDefault("master", "");
        if (!master.isEmpty()) {
            request.master(master); // refuses an unknown one
        }
        return page(request, Refused.unless(SenderQuery.parse(typed), PoolRequest.SENDER), also, page);
    }

    private SenderList page(PoolRequest request, SenderQuery query, Predicate<Sender> also, PageQuery page) {
        PageQuery.Slice<SenderId> slice = page.slice(SenderId::parse);
        return answers.list(pools.search(request.tenant(), query, also, slice.after(), slice.limit()));
    }
}
