// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/removals.h"

#include <QTest>

class RemovalsTest final : public QObject {
    Q_OBJECT

private slots:
    void saysThatItFailed();
    void doesNotClaimToKnowWhatATimeoutMeans();
    void refusesASecondOneMeanwhile();
    void keepsTheErrorOfAnotherObject();

private:
    using Answer = Pending<void>::Answer;
    Answer remove(const QString &name)
    {
        std::optional<Answer> kept;
        m_removals.run(name, Pending<void>::ask([&kept](Answer answer) -> std::function<void()> {
            kept = std::move(answer);
            return {};
        }),
            {name + QStringLiteral(" is being deleted"), name + QStringLiteral(" was not deleted"),
                name + QStringLiteral(" may be deleted")});
        return *kept;
    }

    QObject m_context;
    InlineMessage m_message;
    int m_changes = 0;
    Removals<QString> m_removals{&m_context, &m_message, [this] { ++m_changes; }};
};

void RemovalsTest::saysThatItFailed()
{
    remove(QStringLiteral("A"))(fail(Error::Kind::Forbidden, QStringLiteral("You may not.")));
    QTRY_COMPARE(m_message.title(), QStringLiteral("A was not deleted"));
    QCOMPARE(m_message.text(), QStringLiteral("You may not."));
    QCOMPARE(m_message.tone(), Tone::Bad);
    QCOMPARE(m_changes, 2);
}

void RemovalsTest::doesNotClaimToKnowWhatATimeoutMeans()
{
    remove(QStringLiteral("A"))(fail(Error::Kind::Timeout, QStringLiteral("No answer in time.")));
    QTRY_COMPARE(m_message.title(), QStringLiteral("A may be deleted"));
    QCOMPARE(m_message.tone(), Tone::Warning);
}

void RemovalsTest::refusesASecondOneMeanwhile()
{
    const Answer answer = remove(QStringLiteral("A"));
    QCOMPARE(m_removals.access(QStringLiteral("A"), Access::yes()), Access::no(QStringLiteral("A is being deleted")));
    QVERIFY(m_removals.access(QStringLiteral("B"), Access::yes()));
    answer(Result<void>());
    QTRY_VERIFY(m_removals.access(QStringLiteral("A"), Access::yes()));
    QVERIFY(m_message.isHidden());
}

void RemovalsTest::keepsTheErrorOfAnotherObject()
{
    const Answer first = remove(QStringLiteral("A"));
    const Answer second = remove(QStringLiteral("B"));
    first(fail(Error::Kind::Server, QStringLiteral("Broken.")));
    QTRY_COMPARE(m_message.title(), QStringLiteral("A was not deleted"));
    second(Result<void>());
    QTRY_VERIFY(m_removals.access(QStringLiteral("B"), Access::yes()));
    QVERIFY(m_message.isVisibleTo(nullptr));
    remove(QStringLiteral("A"))(Result<void>());
    QTRY_VERIFY(m_message.isHidden());
}

QTEST_MAIN(RemovalsTest)
#include "tst_removals.moc"
