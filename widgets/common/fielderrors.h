// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QHash>
#include <QObject>
#include <QSet>

class Field;

/// The one door by which errors enter a form, whoever found them.
///
/// What a validator finds is shown on fields that a person has been to, and on all once submitting was tried. What the
/// server found is shown until that field is edited. Does not own the fields.
class FieldErrorDoor final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// `name` is the API's own for it.
    void addField(const QString &name, Field *field);

    void setFound(const FieldErrors &errors);
    void setServerErrors(const FieldErrors &errors);
    /// A person changed that field: what the server said of it no longer holds.
    void noteEdited(const QString &name);
    /// Counts as been to although it was not left yet.
    void noteTouched(const QString &name);
    void showAll();
    /// As if nobody had been here.
    void reset();

    bool isClear() const { return m_found.isEmpty() && m_fromServer.isEmpty(); }
    /// The first field, in the order added, that is wrong; none: nullptr.
    Field *firstWrong() const;
    /// Moves the keyboard to it.
    void focusFirstWrong() const;
    /// Errors about what is no field of this form.
    FieldErrors unplaced(const FieldErrors &errors) const;

private:
    void renew();
    void showWholeErrors();
    QString errorOf(const QString &name) const;

    QStringList m_names;
    QHash<QString, Field *> m_fields;
    QSet<QString> m_touched;
    bool m_isAllShown = false;
    FieldErrors m_found;
    FieldErrors m_fromServer;
};
