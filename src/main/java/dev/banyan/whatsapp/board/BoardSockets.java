package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccessChanged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.platform.web.socket.OpenSockets;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.api.PoolSubscribers;
import dev.banyan.whatsapp.api.PoolSubscribers.Visit;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// The open boards of this node. While a notification is being sent, any number of changes leads to one more at most,
/// because "changed" covers them all.
@Singleton
public final class BoardSockets implements Recurring {

    static final String CHANGED = "changed";
    private static final CloseReason NOTHING_TO_SAY = new CloseReason(1008, "Nothing is to be said here");
    private static final int PER_TENANT = 100;

    private static final class Board {

        private static final int QUIET = 0;
        private static final int TELLING = 1;
        private static final int TELL_AGAIN = 2;

        private final OpenSocket socket;
        private final Visit visit;
        private final AtomicInteger telling = new AtomicInteger(QUIET);
        private volatile Runnable unwatch = () -> {};

        private Board(WebSocketConnection connection, Visit visit) {
            this.socket = OpenSocket.of(connection);
            this.visit = visit;
        }

        private void changed() {
            if (telling.getAndUpdate(now -> now == QUIET ? TELLING : TELL_AGAIN) == QUIET) {
                send();
            }
        }

        private void send() {
            socket.send(CHANGED, this::sent);
        }

        private void sent() {
            if (telling.getAndUpdate(now -> now == TELL_AGAIN ? TELLING : QUIET) == TELL_AGAIN) {
                send();
            }
        }
    }

    private final Linking linking;
    private final PoolSubscribers visits;
    private final OpenSockets<AccountId, Board> boards =
            new OpenSockets<>(board -> board.visit.tenant(), board -> board.unwatch.run());

    BoardSockets(Linking linking, PoolSubscribers visits) {
        this.linking = linking;
        this.visits = visits;
    }

    void enter(WebSocketConnection connection, Visit visit) {
        var board = new Board(connection, visit);
        visit.sender().ifPresent(sender -> board.unwatch = linking.watch(visit.tenant(), sender, _ -> board.changed()));
        if (boards.enter(connection, board, others -> others.size() < PER_TENANT)) {
            board.changed(); // something may have changed between loading the page and opening the socket
        } else {
            board.unwatch.run();
        }
    }

    void leave(WebSocketConnection connection, Visit visit) {
        boards.leave(connection, visit.tenant());
    }

    void heard(WebSocketConnection connection, Visit visit) {
        boards.heard(connection, visit.tenant());
    }

    void refuse(WebSocketConnection connection) {
        OpenSocket.of(connection).close(NOTHING_TO_SAY);
    }

    /// Closes sockets that have lost access or are dead. A job calls this twice a minute.
    public void heartbeat() {
        boards.beat(this::staying);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "30s", "30s", "beat-boards", "Closes boards of senders that nobody looks at.", this::heartbeat);
    }

    private Set<Board> staying(Collection<Board> some) {
        Set<Visit> staying =
                visits.staying(some.stream().map(board -> board.visit).toList());
        return some.stream().filter(board -> staying.contains(board.visit)).collect(Collectors.toSet());
    }

    /// Applies the access check of [#beat] to one account at once.
    void accessChanged(@Observes AccessChanged changed) {
        boards.recheck(changed.tenant(), this::staying);
    }

    /// Returns the number of open boards.
    public int size() {
        return boards.size();
    }

    void senderChanged(@Observes SenderChanged changed) {
        boards.of(changed.tenant()).forEach(open -> open.visitor().changed());
    }

    void healthChanged(@Observes SenderHealthChanged changed) {
        boards.of(changed.sender().tenant()).forEach(open -> open.visitor().changed());
    }
}
