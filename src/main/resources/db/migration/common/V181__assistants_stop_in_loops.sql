-- How often an assistant answers a contact in ten minutes before it hands over to a person.
ALTER TABLE assistants ADD COLUMN most_answers INTEGER DEFAULT 5 NOT NULL;
