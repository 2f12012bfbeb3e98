package dev.banyan.workspaces;

import module java.base;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;

/// Records fired events, in order.
public final class HeardEvents<T> implements Event<T> {

    private final List<T> heard = new CopyOnWriteArrayList<>();
    private final Consumer<T> observer;

    public HeardEvents() {
        this(_ -> {});
    }

    /// @param observer hears them too, before the caller goes on
    public HeardEvents(Consumer<T> observer) {
        this.observer = observer;
    }

    public List<T> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void fire(T event) {
        heard.add(event);
        observer.accept(event);
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException("Events are heard before the caller goes on");
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        return fireAsync(event);
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
        return this;
    }

    @Override
    public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
