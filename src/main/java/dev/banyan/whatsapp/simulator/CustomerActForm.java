package dev.banyan.whatsapp.simulator;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The fields of the form that simulates a customer which not every message has.
///
/// @param act what the customer does: `write`, `location`, `contact`, `choose`, `edit`, `delete`, `react` or `type`
/// @param about the message that it is about
/// @param choice what was chosen from buttons or a list
/// @param title the name of a place or of a contact
public record CustomerActForm(
        @FormParam("act") @DefaultValue("write") String act,
        @FormParam("about") @DefaultValue("") String about,
        @FormParam("emoji") @DefaultValue("") String emoji,
        @FormParam("choice") @DefaultValue("") String choice,
        @FormParam("latitude") @DefaultValue("") String latitude,
        @FormParam("longitude") @DefaultValue("") String longitude,
        @FormParam("title") @DefaultValue("") String title,
        @FormParam("number") @DefaultValue("") String number) {}
