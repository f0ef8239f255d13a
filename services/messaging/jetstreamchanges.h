// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/nats/jetstreamapi.h"

#include <QJsonObject>
#include <QSet>
#include <QString>

#include <functional>
#include <memory>

/// What a change is of. No name holds a slash (assetNameProblem()).
namespace ChangeKeys {
QString stream(const QString &name);
QString consumer(const QString &stream, const QString &name);
QString message(const QString &stream, quint64 sequence);
/// What is published: one message on a subject at a time.
QString subject(const QString &subject);
} // namespace ChangeKeys

/// One change of a stream or consumer, and how to learn what became of it.
template <typename Outcome, typename Asset> struct JetStreamChange {
    QString object; ///< "stream orders", for people
    QString key; ///< tells what is changed from all else of the account, in whatever language (ChangeKeys)
    std::function<Pending<Outcome>()> send;
    std::function<Pending<Asset>()> look; ///< reads the object as it is now
    /// What `found` says of the outcome of a change that was not answered in time.
    std::function<Result<Outcome>(const Result<Asset> &found, const Error &unanswered)> judge;
    /// With it the object is read before anything is sent, and nothing is where this says why not.
    std::function<Result<void>(const Asset &found)> check = {};
};

/// Carries out what changes streams and consumers of an account, so that nothing is said that may turn out wrong later.
///
/// A request that finds JetStream without a majority may be carried out whenever that is back, long after it has timed
/// out. So it is sent only while there is a leader to take it: `$JS.API.INFO`, which any user of the account may ask,
/// is answered by the leader alone, and with 10008 at once where there is none. Whoever gets no answer looks again
/// before anything is said. Each object takes one change at a time. The last question before a change leaves is whether
/// the cluster may be changed (ClusterProtection); where that takes long, the object is looked at once more after it.
/// Must outlive its flows. GUI thread.
class JetStreamChanges final {
public:
    /// `permit` fails where nothing is to be sent. `clock` must outlive it.
    JetStreamChanges(Clock &clock, std::function<Flow<void>()> permit)
        : m_clock(clock)
        , m_permit(std::move(permit))
    {
    }

    template <typename Outcome, typename Asset>
    Flow<Outcome> carryOut(QString account, std::shared_ptr<JetStreamApi> api, JetStreamChange<Outcome, Asset> change)
    {
        const UnderWay underWay(m_underWay, account + QLatin1Char('/') + change.key);
        if (!underWay.isFirst())
            co_return fail(isBusy(change.object));
        auto led = co_await api->usage();
        if (!led)
            co_return fail(notSent(led.error()));
        auto checked = co_await look(change);
        if (!checked)
            co_return fail(checked.error());
        const auto checkedAt = m_clock.monotonic();
        auto permitted = co_await m_permit();
        if (!permitted)
            co_return fail(notPermitted(permitted.error()));
        if (m_clock.monotonic() - checkedAt > longestPermit) {
            auto checkedAnew = co_await look(change);
            if (!checkedAnew)
                co_return fail(checkedAnew.error());
        }
        auto outcome = co_await change.send();
        if (outcome || !isUnanswered(outcome.error()))
            co_return outcome;
        auto found = co_await change.look();
        co_return change.judge(found, outcome.error());
    }

    /// What to say where an object could not be read, so that nothing was sent.
    static Error notSeen(const QString &object, const Error &why);

private:
    /// A permit that took longer may have waited for a person to log in, and what was seen before it is of the past.
    static constexpr std::chrono::milliseconds longestPermit = std::chrono::seconds(1);

    /// Fails where nothing is to be sent, because of what the object is now.
    template <typename Outcome, typename Asset> Flow<void> look(JetStreamChange<Outcome, Asset> change)
    {
        if (!change.check)
            co_return Result<void>();
        auto present = co_await change.look();
        co_return present ? change.check(*present) : fail(notSeen(change.object, present.error()));
    }

    /// An object that is being changed, for as long as this lives.
    class UnderWay final {
    public:
        UnderWay(QSet<QString> &all, const QString &object)
            : m_all(all)
            , m_object(object)
            , m_isFirst(!all.contains(object))
        {
            m_all.insert(object);
        }
        ~UnderWay()
        {
            if (m_isFirst)
                m_all.remove(m_object);
        }
        UnderWay(const UnderWay &) = delete;
        UnderWay &operator=(const UnderWay &) = delete;

        bool isFirst() const { return m_isFirst; }

    private:
        QSet<QString> &m_all;
        QString m_object;
        bool m_isFirst;
    };

    static Error isBusy(const QString &object);
    static Error notPermitted(Error why);
    static Error notSent(const Error &why);
    static bool isUnanswered(const Error &error);

    Clock &m_clock;
    std::function<Flow<void>()> m_permit;
    QSet<QString> m_underWay;
};

/// Judges a creation with `config`: done where the object is there as it was asked for.
template <typename Asset>
Result<Asset> judgeCreation(
    const QString &object, const QJsonObject &config, const Result<Asset> &found, const Error &unanswered);
extern template Result<Stream> judgeCreation(
    const QString &, const QJsonObject &, const Result<Stream> &, const Error &);
extern template Result<Consumer> judgeCreation(
    const QString &, const QJsonObject &, const Result<Consumer> &, const Error &);

/// Judges a change to `config`: done where the object is as it was asked for.
template <typename Asset>
Result<Asset> judgeChange(
    const QString &object, const QJsonObject &config, const Result<Asset> &found, const Error &unanswered);
extern template Result<Stream> judgeChange(const QString &, const QJsonObject &, const Result<Stream> &, const Error &);
extern template Result<Consumer> judgeChange(
    const QString &, const QJsonObject &, const Result<Consumer> &, const Error &);

/// How a consumer is called as the object of a change, for people and to tell it apart.
QString objectWords(const ConsumerId &id);

/// Conflict where the configuration is not the one that a person has seen: a change replaces all of it.
Result<void> isStillSo(const QString &object, const QJsonObject &seen, const QJsonObject &found);

/// Conflict where what is there was created at another time than what a person has seen: it has taken its name since.
/// JetStream deletes by name alone, so this is the last moment to tell.
Result<void> isStillThat(const QString &object, const QDateTime &seen, const std::optional<QDateTime> &found);

/// Judges a deletion: done where the object is not there any more.
template <typename Asset>
Result<void> judgeDeletion(const QString &object, const Result<Asset> &found, const Error &unanswered);
extern template Result<void> judgeDeletion(const QString &, const Result<Stream> &, const Error &);
extern template Result<void> judgeDeletion(const QString &, const Result<Consumer> &, const Error &);
