// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <QDBusMessage>
#include <QObject>
#include <QString>

#include <optional>

/// What QtKeychain does not say of the Secret Service: whether there is one, and whether its default collection is
/// locked; and the question to a person to unlock it. By D-Bus, without waiting in the GUI thread.
/// https://specifications.freedesktop.org/secret-service/latest/
class SecretService final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// QtKeychain stores by it on this desktop.
    static bool isUsed();
    /// For people, where nothing of the kind answers.
    static QString absentText();

    /// Ends once the default collection is unlocked; where `mayAsk` a person is asked for that, or to make one; who
    /// stops waiting leaves the question to him. The errors are those of SecretStore.
    Flow<void> open(bool mayAsk);
    bool isWaitingForPerson() const { return m_isWaiting; }

Q_SIGNALS:
    void waitingForPersonChanged();

private Q_SLOTS:
    void endPrompt(const QDBusMessage &completed);

private:
    Flow<QString> defaultCollection();
    Flow<bool> isLocked(QString collection);
    Flow<void> unlock(const QString &collection);
    Flow<void> createCollection();
    Flow<void> carriedOut(QDBusMessage call);
    Flow<void> askPerson(QString prompt);
    Pending<bool> promptEnd(const QString &prompt);
    void stopListening();
    void setWaiting(bool isWaiting);

    bool m_isWaiting = false;
    QString m_prompt; ///< the object whose question is open
    std::optional<Pending<bool>::Answer> m_promptAnswer; ///< true: a person has done as asked
};
