// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/keychain/secretstore.h"

#include <QStringList>

#include <functional>
#include <map>
#include <optional>

/// A keychain that does as a test tells it. What it holds outlives it: `held` belongs to the test.
class FakeKeychain final : public SecretStore {
    Q_OBJECT

public:
    struct State {
        std::map<QString, SecretString> held;
        bool isLocked = false;
        bool isSilent = false; ///< nothing is answered
        std::optional<Error> failure; ///< of everything but open()
        std::optional<Error> obstacle; ///< of open()
        QStringList asked; ///< "open", "read KEY" …
        FakeKeychain *open = nullptr; ///< the one in use
    };

    explicit FakeKeychain(State &state)
        : m_state(state)
    {
        m_state.open = this;
    }
    ~FakeKeychain() override { m_state.open = nullptr; }

    Pending<void> open(IfLocked ifLocked) override
    {
        m_state.asked.append(QStringLiteral("open"));
        if (m_state.isSilent)
            return silence<void>();
        if (m_state.obstacle)
            return Pending<void>::answered(fail(*m_state.obstacle));
        if (!m_state.isLocked)
            return Pending<void>::answered({});
        if (ifLocked == IfLocked::Fail)
            return Pending<void>::answered(fail(Error::Kind::Forbidden, QStringLiteral("It is locked.")));
        return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
            setPerson(answer);
            return [this] { setPerson(std::nullopt); };
        });
    }
    Pending<SecretString> read(const QString &key) override
    {
        m_state.asked.append(QStringLiteral("read ") + key);
        if (m_state.isSilent)
            return silence<SecretString>();
        if (m_state.failure)
            return Pending<SecretString>::answered(fail(*m_state.failure));
        const auto found = m_state.held.find(key);
        if (found == m_state.held.end())
            return Pending<SecretString>::answered(fail(Error::Kind::NotFound, QStringLiteral("Not there.")));
        return Pending<SecretString>::answered(found->second);
    }
    Pending<void> write(const QString &key, const SecretString &secret) override
    {
        return changed(QStringLiteral("write ") + key, [this, key, secret] { m_state.held[key] = secret; });
    }
    Pending<void> remove(const QString &key) override
    {
        return changed(QStringLiteral("remove ") + key, [this, key] { m_state.held.erase(key); });
    }
    bool isWaitingForPerson() const override { return m_person.has_value(); }

    /// The person unlocks it, or won't.
    void answerAsPerson(bool unlocks)
    {
        const auto person = *m_person;
        setPerson(std::nullopt);
        m_state.isLocked = !unlocks;
        person(unlocks ? Result<void>() : fail(Error::Kind::Forbidden, QStringLiteral("It was not unlocked.")));
    }

private:
    template <typename T> static Pending<T> silence()
    {
        return Pending<T>::ask([](typename Pending<T>::Answer) -> std::function<void()> { return {}; });
    }
    Pending<void> changed(const QString &what, const std::function<void()> &change)
    {
        m_state.asked.append(what);
        if (m_state.isSilent)
            return silence<void>();
        if (m_state.failure)
            return Pending<void>::answered(fail(*m_state.failure));
        change();
        return Pending<void>::answered({});
    }
    void setPerson(std::optional<Pending<void>::Answer> person)
    {
        m_person = std::move(person);
        Q_EMIT waitingForPersonChanged();
    }

    State &m_state;
    std::optional<Pending<void>::Answer> m_person;
};
