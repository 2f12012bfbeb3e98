package dev.banyan.whatsapp.optouts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageArriving;

/// The messages of contacts who opt out. Implemented by the room of messages, which lies above.
public interface OptOutQueue {

    /// Answers a contact, once.
    void answer(MessageArriving message, String text);

    /// Cancels what campaigns have ordered for a contact.
    void cancel(Tx tx, AccountId tenant, ContactAddress contact);
}
