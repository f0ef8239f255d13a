// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/field.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/streamform.h"
#include "widgets/streams/streamspage.h"

#include <QApplication>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// Where the keyboard is while a stream is made, and after.
class StreamCreationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void staysInTheFieldWhenTheServerRefuses();
    void goesToTheFieldThatTheServerRefuses();
    void staysInTheFormWhileTheAnswerIsOnItsWay();
    void staysWhereThePersonHasGoneMeanwhile();
    void goesToTheNewRow_data();
    void goesToTheNewRow();
    void belongsToTheOpenForm();
    void opensUntouchedAfterOneWasMade();
    void opensAKeptDraftAtItsTop();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    StreamForm *form() const { return m_page->findChild<StreamForm *>(); }
    TableView *table() const { return child<TableView>("streamTable"); }
    /// Opens the form and fills it; the keyboard is in the subjects then.
    void fillForm();
    void submitByKey() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier); }
    QString currentName() const
    {
        return table()->currentIndex().siblingAtColumn(StreamTableModel::NameColumn).data().toString();
    }
    bool isSent() const { return m_fixture->server().count(text("$JS.API.STREAM.CREATE.orders")) == 1; }

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<QStackedWidget> m_window; ///< with another page before this one
    StreamsPage *m_page = nullptr;
    QWidget *m_subjects = nullptr;
};

void StreamCreationTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_page = new StreamsPage(m_fixture->runtime, m_fixture->accounts, *m_service, m_fixture->clock);
    m_window = std::make_unique<QStackedWidget>();
    m_window->addWidget(new QLineEdit);
    m_window->addWidget(m_page);
    m_window->setCurrentWidget(m_page);
    m_service->refresh();
    m_window->resize(1100, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_fixture->start());
    QVERIFY(m_fixture->passTimeUntil([this] { return m_service->freshness().state == Freshness::State::Live; }));
}

void StreamCreationTest::cleanup()
{
    m_window.reset();
    m_service.reset();
    m_fixture.reset();
}

void StreamCreationTest::fillForm()
{
    child<QPushButton>("newStreamButton")->click();
    QTest::keyClicks(child<QLineEdit>("streamNameEdit"), text("orders"));
    m_subjects = child<QWidget>("streamSubjectsEdit");
    m_subjects->setFocus();
    QTest::keyClicks(QApplication::focusWidget(), text("orders.>"));
    m_subjects = QApplication::focusWidget();
    QVERIFY(form()->isAncestorOf(m_subjects));
}

void StreamCreationTest::staysInTheFieldWhenTheServerRefuses()
{
    m_fixture->server().stand(
        text("$JS.API.STREAM.CREATE.orders"), JetStreamFixture::refusal(400, 10052, text("no such setting")));
    fillForm();
    submitByKey();
    QVERIFY(form()->isBusy());
    QVERIFY(m_fixture->passTimeUntil([this] { return !form()->isBusy(); }));
    QVERIFY(isSent());
    QVERIFY(m_subjects->hasFocus());
    submitByKey();
    QVERIFY(form()->isBusy());
}

void StreamCreationTest::goesToTheFieldThatTheServerRefuses()
{
    m_fixture->server().stand(text("$JS.API.STREAM.CREATE.orders"),
        JetStreamFixture::refusal(400, 10058, text("stream name already in use")));
    fillForm();
    submitByKey();
    QVERIFY(m_fixture->passTimeUntil([this] { return !form()->isBusy(); }));
    QVERIFY(child<QLineEdit>("streamNameEdit")->hasFocus());
}

void StreamCreationTest::staysInTheFormWhileTheAnswerIsOnItsWay()
{
    m_fixture->server().expectHanging(text("$JS.API.STREAM.CREATE.orders"));
    fillForm();
    submitByKey();
    QVERIFY(m_fixture->passTimeUntil([this] { return isSent(); }));
    QVERIFY(form()->isAncestorOf(QApplication::focusWidget()));
    submitByKey();
    QVERIFY(isSent());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!form()->isVisible());
}

void StreamCreationTest::staysWhereThePersonHasGoneMeanwhile()
{
    m_fixture->server().stand(
        text("$JS.API.STREAM.CREATE.orders"), JetStreamFixture::refusal(400, 10065, text("subjects overlap")));
    fillForm();
    submitByKey();
    child<QLineEdit>("streamFilterEdit")->setFocus();
    QVERIFY(m_fixture->passTimeUntil([this] { return !form()->isBusy(); }));
    QVERIFY(child<QLineEdit>("streamFilterEdit")->hasFocus());
}

void StreamCreationTest::goesToTheNewRow_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::newRow("the first") << QStringList();
    QTest::newRow("one of several") << QStringList{text("bills"), text("parcels")};
}

void StreamCreationTest::goesToTheNewRow()
{
    QFETCH(QStringList, before);
    m_fixture->holdStreams(before);
    QVERIFY(m_fixture->passTimeUntil([&] { return m_service->streams().size() == before.size(); }));
    m_fixture->server().expectHanging(text("$JS.API.STREAM.CREATE.orders"));
    fillForm();
    submitByKey();
    QVERIFY(m_fixture->passTimeUntil([this] { return isSent(); }));
    m_fixture->holdStreams(before + QStringList{text("orders")});
    const QJsonObject made = JetStreamFixture::streamInfo(text("orders"));
    m_fixture->server().answerHanging(QJsonDocument(made).toJson());
    QVERIFY(m_fixture->passTimeUntil([this] { return currentName() == text("orders"); }));
    QVERIFY(!form()->isVisible());
    QVERIFY(table()->hasFocus());
    QVERIFY(table()->selectionModel()->isRowSelected(table()->currentIndex().row()));
}

void StreamCreationTest::belongsToTheOpenForm()
{
    fillForm();
    child<QLineEdit>("streamFilterEdit")->setFocus();
    m_window->setCurrentIndex(0);
    m_window->setCurrentIndex(1);
    m_page->setFocus();
    QVERIFY(m_subjects->hasFocus());
    child<QPushButton>("cancelStreamButton")->click();
    child<QPushButton>("newStreamButton")->click();
    QVERIFY(child<QLineEdit>("streamNameEdit")->hasFocus());
}

void StreamCreationTest::opensUntouchedAfterOneWasMade()
{
    m_window->resize(1100, 500);
    m_fixture->server().expectHanging(text("$JS.API.STREAM.CREATE.orders"));
    fillForm();
    submitByKey();
    QVERIFY(m_fixture->passTimeUntil([this] { return isSent(); }));
    m_fixture->holdStreams({text("orders")});
    m_fixture->server().answerHanging(QJsonDocument(JetStreamFixture::streamInfo(text("orders"))).toJson());
    QVERIFY(m_fixture->passTimeUntil([this] { return !form()->isVisible(); }));
    child<QPushButton>("newStreamButton")->click();
    for (const Field *field : form()->findChildren<Field *>())
        QVERIFY2(!field->hasError(), qPrintable(field->error()));
    QCoreApplication::processEvents(); // what is laid out late
    QCOMPARE(form()->findChild<QScrollArea *>()->verticalScrollBar()->value(), 0);
    QVERIFY(child<QLineEdit>("streamNameEdit")->hasFocus());
}

void StreamCreationTest::opensAKeptDraftAtItsTop()
{
    m_window->resize(1100, 500);
    fillForm();
    auto *last = child<QLineEdit>("streamMaxBytesEdit");
    last->setFocus();
    QTest::keyClicks(last, text("many"));
    auto *scrolled = form()->findChild<QScrollArea *>();
    scrolled->ensureWidgetVisible(last);
    QTest::keyClick(last, Qt::Key_Escape);
    QVERIFY(!form()->isVisible());
    child<QPushButton>("newStreamButton")->click();
    QCoreApplication::processEvents();
    const auto *name = child<QLineEdit>("streamNameEdit");
    QVERIFY(name->hasFocus());
    QCOMPARE(name->selectedText(), text("orders"));
    QCOMPARE(scrolled->verticalScrollBar()->value(), 0);
    QVERIFY(child<QWidget>("keptDraftNote")->isVisible());
    const auto *cancel = child<QPushButton>("cancelStreamButton");
    QVERIFY(cancel->text().startsWith(text("Discard")));
    child<QPushButton>("startOverButton")->click();
    QVERIFY(!cancel->text().startsWith(text("Discard")));
}

QTEST_MAIN(StreamCreationTest)
#include "tst_streamcreation.moc"
