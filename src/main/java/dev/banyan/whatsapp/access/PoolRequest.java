package dev.banyan.whatsapp.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.request.Enveloped;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHistory;
import jakarta.ws.rs.core.Response;

/// A JSON request about the pools and numbers of an account: `@Context PoolRequest request`. They belong to root
/// accounts, so sub-accounts and people from workspaces were refused before the method is called.
public record PoolRequest(
        Call call,
        AccountContext context,
        AccountGuard guard,
        Pools pools,
        SenderHistory history,
        Idempotency idempotency)
        implements AnswerShape {

    public static final Noun MASTER = Noun.of("Master account");
    public static final Noun SERVANT = Noun.of("Servant account");
    public static final Noun SENDER = Noun.of("Account");
    public static final Noun CONNECTION = Noun.of("Connection");

    /// Returns the account that the numbers belong to.
    public AccountId tenant() {
        return context.root().id();
    }

    public Actor actor() {
        return context.actor();
    }

    /// @throws Refused if there is no such master
    public Sender master(String id) {
        return sender(id, Sender::isMaster, MASTER);
    }

    /// @throws Refused if there is no such servant
    public Sender servant(String id) {
        return sender(id, sender -> !sender.isMaster(), SERVANT);
    }

    /// @throws Refused if there is neither a master nor a servant of this id
    public Sender sender(String id) {
        return sender(id, _ -> true, SENDER);
    }

    private Sender sender(String id, Predicate<Sender> wanted, Noun noun) {
        return find(id).filter(wanted).orElseThrow(() -> Refused.notFound(noun));
    }

    private Optional<Sender> find(String id) {
        return SenderId.parse(id).flatMap(known -> pools.sender(tenant(), known));
    }

    /// @throws Refused if it can be the id of none
    public static ConnectionId connection(String id) {
        return ConnectionId.parse(id).orElseThrow(() -> Refused.notFound(CONNECTION));
    }

    /// Returns the master whose history is asked for, which may have been removed.
    ///
    /// @throws Refused if there was none of this id
    public SenderId onceMaster(String id) {
        return once(id, Sender::isMaster, MASTER);
    }

    /// The same for masters and servants.
    public SenderId onceSender(String id) {
        return once(id, _ -> true, SENDER);
    }

    private SenderId once(String id, Predicate<Sender> wanted, Noun noun) {
        Optional<Sender> found = find(id);
        return SenderId.parse(id)
                .filter(known -> found.map(wanted::test).orElseGet(() -> history.isKnown(tenant(), known)))
                .orElseThrow(() -> Refused.notFound(noun));
    }

    /// Adds something, with status 201. A repeat of the request is answered with the first answer.
    public Response added(Object body, Supplier<? extends Record> work) {
        return once(body, 201, work);
    }

    /// Does something whose repeats are answered with the first answer.
    public Response once(Object body, int status, Supplier<? extends Record> work) {
        return idempotency.once(
                call,
                tenant(),
                call.header(Idempotency.HEADER),
                body,
                () -> Response.status(status).entity(Enveloped.of(work.get())).build());
    }

    /// @param text what was not found, as a sentence without a full stop
    public EarlyAnswer notFound(String text) {
        return new EarlyAnswer(guard.refused(call, 404, text));
    }

    @Override
    public boolean isEnveloped() {
        return true;
    }

    @Override
    public Response answer(Refused refused) {
        return switch (refused.refusal()) {
            case Refusal.NotFound _ -> guard.refused(call, 404, refused.noun().name() + " not found");
            case Refusal.Conflict(String why) -> Answers.refused(409, why);
            case Refusal.Rejected rejected
            when rejected.first().field().isEmpty() ->
                Answers.refused(400, rejected.first().apiMessage());
            case Refusal.Rejected rejected -> Answers.refused(named(rejected.first()));
            case Refusal.Forbidden _, Refusal.TooMany _, Refusal.LimitReached _, Refusal.ReadOnly _ ->
                throw new IllegalStateException("Nothing about senders is refused so: " + refused);
        };
    }

    /// The seed names the field of the number as forms do.
    private static Invalid named(Invalid invalid) {
        return invalid.field().equals(Phone.INVALID.field()) ? invalid.in("phone") : invalid;
    }
}
