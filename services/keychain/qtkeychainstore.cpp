// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/qtkeychainstore.h"

#include "services/base/mapped.h"
#include "services/keychain/secretservice.h"

#include <QLibrary>

#include <qt6keychain/keychain.h>

#include <functional>

namespace {

Error::Kind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return Error::Kind::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Error::Kind::Forbidden;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Error::Kind::Offline;
    default:
        return Error::Kind::Local;
    }
}

Error errorOf(const QKeychain::Job &job)
{
    const Error::Kind kind = kindOf(job.error());
    const auto summary = [kind] {
        switch (kind) {
        case Error::Kind::NotFound:
            return QtKeychainStore::tr("The keychain holds nothing of that name.");
        case Error::Kind::Forbidden:
            return QtKeychainStore::tr("The keychain of this workstation refuses.");
        case Error::Kind::Offline:
            return SecretService::absentText();
        default:
            return QtKeychainStore::tr("The keychain of this workstation did not do what it was asked for.");
        }
    };
    return {kind, summary(), job.errorString(), {}, {}};
}

/// What a job holds as well: Qt's byte arrays share their bytes.
void wipe(const QByteArray &bytes)
{
    auto *place = const_cast<volatile char *>(bytes.constData());
    for (qsizetype i = 0; i < bytes.size(); ++i)
        place[i] = 0;
}

/// libsecret, which QtKeychain has loaded, goes on with the session of a daemon that has ended; it makes another after
/// this.
void endSession()
{
    using Disconnect = void (*)();
    if (const auto disconnect =
            Disconnect(QLibrary::resolve(QStringLiteral("secret-1"), 0, "secret_service_disconnect")))
        disconnect();
}

/// Carries out what `make` makes, once more where it fails for no reason that has a name; `ended` sees the last.
template <typename Job>
void run(const QString &key, std::function<Job *()> make, std::function<void(Job &)> ended, bool isFirst = true)
{
    Job *job = make();
    job->setKey(key);
    job->setInsecureFallback(false); // it would be a file in clear
    job->setAutoDelete(true);
    QObject::connect(job, &QKeychain::Job::finished, job, [=] {
        if (!isFirst || job->error() != QKeychain::OtherError)
            return ended(*job);
        endSession();
        run<Job>(key, make, ended, false);
    });
    job->start();
}

} // namespace

QtKeychainStore::QtKeychainStore(QObject *parent)
    : SecretStore(parent)
    , m_secretService(SecretService::isUsed() ? std::make_unique<SecretService>() : nullptr)
{
    if (m_secretService)
        connect(m_secretService.get(), &SecretService::waitingForPersonChanged, this,
            &SecretStore::waitingForPersonChanged);
}

QtKeychainStore::~QtKeychainStore() = default;

QString QtKeychainStore::service()
{
    return QStringLiteral("app.pennant.Pennant");
}

Pending<void> QtKeychainStore::open(IfLocked ifLocked)
{
    return m_secretService ? asPending(m_secretService->open(ifLocked == IfLocked::Ask)) : Pending<void>::answered({});
}

bool QtKeychainStore::isWaitingForPerson() const
{
    return m_secretService && m_secretService->isWaitingForPerson();
}

Pending<SecretString> QtKeychainStore::read(const QString &key)
{
    using Job = QKeychain::ReadPasswordJob;
    return Pending<SecretString>::ask([&](Pending<SecretString>::Answer answer) -> std::function<void()> {
        run<Job>(
            key, [] { return new Job(service()); },
            [answer](const Job &job) {
                if (job.error() != QKeychain::NoError)
                    return answer(fail(errorOf(job)));
                const QByteArray shared = job.binaryData();
                const SecretString secret(QByteArray(shared.constData(), shared.size()));
                wipe(shared);
                answer(secret);
            });
        return {};
    });
}

Pending<void> QtKeychainStore::write(const QString &key, const SecretString &secret)
{
    using Job = QKeychain::WritePasswordJob;
    return Pending<void>::ask([&](Pending<void>::Answer answer) -> std::function<void()> {
        const QByteArray &bytes = secret.revealUtf8();
        const QByteArray shared(bytes.constData(), bytes.size());
        run<Job>(
            key,
            [shared] {
                auto *job = new Job(service());
                job->setBinaryData(shared);
                return job;
            },
            [answer, shared](const Job &job) {
                wipe(shared);
                answer(job.error() == QKeychain::NoError ? Result<void>() : fail(errorOf(job)));
            });
        return {};
    });
}

Pending<void> QtKeychainStore::remove(const QString &key)
{
    using Job = QKeychain::DeletePasswordJob;
    return Pending<void>::ask([&](Pending<void>::Answer answer) -> std::function<void()> {
        run<Job>(
            key, [] { return new Job(service()); },
            [answer](const Job &job) {
                const bool isGone = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
                answer(isGone ? Result<void>() : fail(errorOf(job)));
            });
        return {};
    });
}
