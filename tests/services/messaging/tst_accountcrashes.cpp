// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice.h"

#include "services/messaging/accountrecord.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/nats/bcrypt.h"
#include "services/nats/serverconfig.h"
#include "tests/support/jetstreamfixture.h"

#include <QTest>

namespace {

const QString shop = QStringLiteral("shop");

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// The plug of a workstation is pulled after each of the writes of a change: whoever looks at the cluster next brings
/// the account to an end at which clients, Secret and servers agree.
class AccountCrashesTest final : public QObject {
    Q_OBJECT

private:
    using Ask = std::function<Pending<void>(AccountService &)>;

    const SecretString m_first = generatePassword();
    const SecretString m_second = generatePassword();
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<RuntimeService> m_boRuntime;
    std::unique_ptr<AccountService> m_bo;
    int m_writesLeft = -1; ///< of bo, until his plug is pulled; negative: it is not
    bool m_isPulled = false;

    QByteArray configuration() const
    {
        return secretValue(
            m_fixture->cluster.secret(text(RuntimeNames::configSecret)).value_or(QJsonObject()), text("nats.conf"));
    }

    Login login(const QString &secret) const
    {
        return loginFromSecret(m_fixture->cluster.secret(secret).value_or(QJsonObject()));
    }

    bool letsIn(const Login &login) const
    {
        const QByteArray hash = passwordHashIn(configuration(), login.username);
        return !hash.isEmpty() && !login.password.isEmpty() && bcryptMatches(login.password, hash);
    }

    std::optional<AccountRecord> stored() const
    {
        const auto object = m_fixture->cluster.cluster.object(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, RuntimeNames::accountRecord(shop)});
        const auto record = object ? AccountRecord::fromConfigMap(*object) : Result<AccountRecord>(fail(Error{}));
        return record ? std::optional(*record) : std::nullopt;
    }

    /// Two workstations at one cluster with a runtime.
    void open()
    {
        m_bo.reset();
        m_boRuntime.reset();
        m_fixture = std::make_unique<JetStreamFixture>(3);
        m_fixture->cluster.playServers({text("nats-0"), text("nats-1"), text("nats-2")});
        FakeCluster &cluster = m_fixture->cluster.cluster;
        cluster.afterWrite = [this, played = cluster.afterWrite](const QJsonObject &object) {
            played(object);
            m_isPulled = m_isPulled || (m_writesLeft > 0 && --m_writesLeft == 0);
        };
        // what he sends after that never arrives
        cluster.admission = [this](const ApiRequest &request) {
            const bool isQuestion = request.verb == "GET" || request.path.contains(text("accessreview"));
            if (isQuestion || !m_isPulled)
                return Pending<void>::answered({});
            return Pending<void>::ask([](const Pending<void>::Answer &) { return std::function<void()>(); });
        };
        m_boRuntime =
            std::make_unique<RuntimeService>(cluster, m_fixture->clock, MessagingFixture::nameSpace, text("bo@desk"));
        m_bo = std::make_unique<AccountService>(cluster, m_fixture->clock, *m_boRuntime, text("bo@desk"));
        m_boRuntime->start();
        m_bo->start();
    }

    bool isReadyFor(const AccountService &accounts)
    {
        return m_fixture->passTimeUntil([&accounts] { return accounts.createAccess().allowed; });
    }

    bool makeShop()
    {
        AccountSpec spec;
        spec.name = shop;
        if (!m_fixture->outcomeOf(m_fixture->accounts.create(spec, m_first)))
            return false;
        return m_fixture->passTimeUntil([this] {
            const auto seen = m_bo->find(shop);
            return seen && m_bo->changeAccess(*seen);
        });
    }

    /// Lets bo ask, and pulls his plug after so many writes; false where he came to his end before.
    bool pullAfter(int writes, const Ask &ask)
    {
        m_writesLeft = writes;
        m_isPulled = false;
        std::optional<Result<void>> outcome;
        {
            QObject context;
            Pending<void> asked = ask(*m_bo);
            asked.then(&context, [&outcome](const Result<void> &result) { outcome = result; });
            m_fixture->passTimeUntil([&] { return m_isPulled || outcome; });
        }
        m_writesLeft = -1;
        const bool wasPulled = m_isPulled && !outcome;
        m_bo.reset();
        m_boRuntime.reset();
        m_isPulled = false;
        return wasPulled;
    }

    /// What must hold at the end, however far he came.
    void verifyAgreement()
    {
        QVERIFY(m_fixture->passTimeUntil([this] {
            const auto record = stored();
            return !record || record->operation.state != AccountOperation::State::Running;
        }));
        const auto record = stored();
        if (!record) {
            QVERIFY(!m_fixture->cluster.secret(RuntimeNames::clientSecret(shop)));
            QVERIFY(passwordHashIn(configuration(), shop).isEmpty());
            return;
        }
        const Login client = login(RuntimeNames::clientSecret(shop));
        QCOMPARE(client.username, record->clientUsername);
        QVERIFY(letsIn(client));
        QCOMPARE(
            m_fixture->cluster.secret(RuntimeNames::retiringSecret(shop)).has_value(), record->retiring.has_value());
        QVERIFY(letsIn(login(RuntimeNames::managementSecret(shop))));
        QCOMPARE(configuration().contains("max_streams: 3"), record->spec.limits.maxStreams == 3);
    }

private Q_SLOTS:
    void cleanup()
    {
        m_bo.reset();
        m_boRuntime.reset();
        m_fixture.reset();
    }

    void endsACreationThatDied()
    {
        AccountSpec spec;
        spec.name = shop;
        spec.limits.maxStreams = 3;
        const Ask ask = [&](AccountService &bo) { return bo.create(spec, m_first); };
        int pulled = 0;
        for (int writes = 1;; ++writes) {
            open();
            QVERIFY(m_fixture->start() && isReadyFor(*m_bo) && isReadyFor(m_fixture->accounts));
            if (!pullAfter(writes, ask))
                break;
            ++pulled;
            verifyAgreement();
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(text("after %1 writes").arg(writes)));
            const auto record = stored();
            if (!record)
                continue;
            QCOMPARE(record->operation.state, AccountOperation::State::Done);
            const bool isTyped = login(RuntimeNames::clientSecret(shop)).password == m_first;
            QCOMPARE(record->hasLostPassword, !isTyped);
        }
        QVERIFY2(pulled >= 7, qPrintable(text("only %1 writes").arg(pulled)));
    }

    void endsAChangeThatDied()
    {
        const Ask ask = [](AccountService &bo) {
            AccountSpec spec = bo.find(shop)->spec;
            spec.limits.maxStreams = 3;
            return bo.change(*bo.find(shop), spec);
        };
        int pulled = 0;
        for (int writes = 1;; ++writes) {
            open();
            QVERIFY(m_fixture->start() && isReadyFor(*m_bo) && isReadyFor(m_fixture->accounts) && makeShop());
            if (!pullAfter(writes, ask))
                break;
            ++pulled;
            verifyAgreement();
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(text("after %1 writes").arg(writes)));
            QCOMPARE(login(RuntimeNames::clientSecret(shop)).password, m_first);
        }
        QVERIFY2(pulled >= 4, qPrintable(text("only %1 writes").arg(pulled)));
    }

    void endsARotationThatDied_data()
    {
        QTest::addColumn<bool>("hasOverlap");
        QTest::newRow("at once") << false;
        QTest::newRow("with an overlap") << true;
    }

    void endsARotationThatDied()
    {
        QFETCH(bool, hasOverlap);
        using Overlap = RotationRequest::Overlap;
        const RotationRequest request{shop, {}, m_second, hasOverlap ? Overlap::UntilEnded : Overlap::None};
        const Ask ask = [request](AccountService &bo) { return bo.rotate(*bo.find(shop), request); };
        int pulled = 0;
        int rotated = 0;
        for (int writes = 1;; ++writes) {
            open();
            QVERIFY(m_fixture->start() && isReadyFor(*m_bo) && isReadyFor(m_fixture->accounts) && makeShop());
            if (!pullAfter(writes, ask))
                break;
            ++pulled;
            verifyAgreement();
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(text("after %1 writes").arg(writes)));
            const bool isRotated = login(RuntimeNames::clientSecret(shop)).password == m_second;
            rotated += isRotated;
            // what was taken back says so; what was not is in force
            const bool isUndone = stored()->operation.state == AccountOperation::State::Failed;
            const bool wasAsked = stored()->operation.kind == AccountOperation::Kind::Rotate;
            QCOMPARE(isRotated, wasAsked && !isUndone);
            QCOMPARE(letsIn({shop, m_first}), !isRotated || hasOverlap);
        }
        QVERIFY2(
            pulled >= 5 && rotated >= 2 && rotated < pulled, qPrintable(text("%1 of %2").arg(rotated).arg(pulled)));
    }
};

QTEST_MAIN(AccountCrashesTest)
#include "tst_accountcrashes.moc"
