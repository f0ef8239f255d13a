// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/consumertablemodel.h"
#include "models/streamtablemodel.h"
#include "services/base/freshness.h"
#include "tests/widgets/objects/dialogs.h"
#include "tests/widgets/objects/madeup.h"
#include "tests/widgets/objects/madeupmessages.h"
#include "widgets/common/fold.h"
#include "widgets/common/listpage.h"
#include "widgets/common/look.h"
#include "widgets/common/tableview.h"
#include "widgets/consumers/consumerdetail.h"
#include "widgets/consumers/consumerform.h"
#include "widgets/streams/streamdetail.h"
#include "widgets/streams/streamform.h"

#include <QApplication>
#include <QCheckBox>
#include <QCommandLineParser>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>

namespace {

/// Opens the fold with that heading, and no other, at the top of what is in sight.
void openFold(QWidget *form, const QString &heading)
{
    for (Fold *fold : form->findChildren<Fold *>()) {
        if (!Fold::around(fold))
            fold->setOpen(fold->heading()->objectName() == heading);
    }
    QTimer::singleShot(100, form, [form, heading] {
        auto *area = form->findChild<QScrollArea *>();
        const auto *button = form->findChild<QWidget *>(heading);
        area->verticalScrollBar()->setValue(button->mapTo(area->widget(), QPoint()).y() - 8);
    });
}

/// States that both lists can be in, whatever stands in them.
void putInState(ListPage *page, const QString &show)
{
    if (show == QLatin1String("stale"))
        page->setFreshness({Freshness::State::Stale, QDateTime::currentDateTimeUtc().addSecs(-95),
            QStringLiteral("The connection to NATS was lost: no pod answers. Pennant keeps trying.")});
    if (show == QLatin1String("loading"))
        page->showEmpty(Icons::Name::Clock, QStringLiteral("Reading…"),
            QStringLiteral("Pennant is asking the runtime what there is."));
    if (show == QLatin1String("viewer"))
        page->setNewAccess(
            Access::no(QStringLiteral("Your account may not write to this cluster.")), QStringLiteral("kind: Role"));
}

QList<Stream> twoHundred(const QDateTime &now)
{
    QList<Stream> many;
    Stream made = madeUpStreams(now).first();
    for (int number = 0; number < 200; ++number) {
        made.id = {QStringLiteral("a-tenant-with-a-long-name"),
            QStringLiteral("warehouse-north-7-conveyor-belt-telemetry-of-line-%1")
                .arg(number, 3, 10, QLatin1Char('0'))};
        made.messages = quint64(number) * 7'654'321;
        many << made;
    }
    return many;
}

ListPage *streamsPage(const QString &show, const QDateTime &now)
{
    auto *model = new StreamTableModel(qApp);
    auto *page =
        new ListPage({QStringLiteral("Filter streams"), QStringLiteral("New stream"), QStringLiteral("stream")}, model);
    using Model = StreamTableModel;
    page->setColumns(Model::SubjectsColumn, 130,
        {Model::LinkedAppColumn, Model::StorageColumn, Model::RetentionColumn, Model::StateColumn, Model::AccountColumn,
            Model::ConsumersColumn},
        {Model::NameColumn, Model::AccountColumn});
    model->setNow(now, 0, -1);
    page->table()->sortByAtFirst(Model::NameColumn);
    auto *detail = new StreamDetail;
    auto *form = new StreamForm;
    page->addPanel(detail);
    page->addPanel(form);
    page->setAccounts({QStringLiteral("default"), QStringLiteral("edge"), QStringLiteral("orders")});
    form->setAccounts({QStringLiteral("default"), QStringLiteral("edge")});
    form->setContext({subjectsOf(madeUpStreams(now)), 3});
    page->setNewAccess(Access::yes());
    page->setNewMenu([](QMenu *menu) { menu->addAction(QStringLiteral("Import from a file…")); });
    if (show == QLatin1String("empty")) {
        page->showEmpty(Icons::Name::Stream, QStringLiteral("No streams yet"),
            QStringLiteral("A stream stores the messages of its subjects until consumers have dealt with them or a "
                           "limit is reached."),
            QStringLiteral("New stream"));
        return page;
    }
    if (show == QLatin1String("many"))
        model->setRows(twoHundred(now));
    else
        model->setRows(show == QLatin1String("one") ? madeUpStreams(now).mid(2, 1) : madeUpStreams(now));
    putInState(page, show);
    if (show == QLatin1String("many") || show == QLatin1String("one"))
        return page;
    page->setCount(QStringLiteral("10 streams · 38.4 GiB"));
    const bool isStrained = show == QLatin1String("strained");
    const bool isFull = show == QLatin1String("full");
    const bool isBucket = show.endsWith(QLatin1String("bucket"));
    const StreamId id = isBucket ? StreamId{QStringLiteral("edge"), QStringLiteral("KV_device-state")}
        : isFull                 ? StreamId{QStringLiteral("orders"), QStringLiteral("ORDERS_DLQ")}
        : isStrained             ? StreamId{QStringLiteral("edge"), QStringLiteral("PLANT")}
                                 : StreamId{QStringLiteral("orders"), QStringLiteral("ORDERS")};
    page->table()->setCurrentIndex(model->indexOf(id));
    detail->setObject(*model->find(id), now);
    if (show == QLatin1String("detail") || show == QLatin1String("configuration") || isStrained || isFull
        || show == QLatin1String("bucket"))
        page->showPanel(detail);
    if (show == QLatin1String("configuration") || isStrained)
        detail->findChild<QTabBar *>()->setCurrentIndex(1);
    if (show.startsWith(QLatin1String("form")))
        page->showPanel(form);
    if (show == QLatin1String("form-busy"))
        form->setBusy(true);
    if (show == QLatin1String("form-advanced"))
        form->findChild<Fold *>()->setOpen(true);
    if (show == QLatin1String("form-edit")) {
        auto *edit = new StreamForm(*model->find(id));
        page->addPanel(edit);
        edit->setNow(now);
        edit->setContext({subjectsOf(madeUpStreams(now)), 3, ServerVersion{2, 10, 27}});
        edit->findChild<QLineEdit *>(QStringLiteral("streamMaxMessagesEdit"))->setText(QStringLiteral("1000"));
        edit->findChild<QCheckBox *>(QStringLiteral("streamDenyPurgeBox"))->setChecked(true);
        edit->findChild<Fold *>()->setOpen(true);
        page->showPanel(edit);
    }
    static const QHash<QString, QString> folds{{QStringLiteral("form-options"), QStringLiteral("streamAdvancedButton")},
        {QStringLiteral("form-feeds"), QStringLiteral("streamFeedsButton")},
        {QStringLiteral("form-routing"), QStringLiteral("streamRoutingButton")},
        {QStringLiteral("form-metadata"), QStringLiteral("streamMetadataButton")}};
    if (folds.contains(show) || show == QLatin1String("form-bucket")) {
        auto *edit = new StreamForm(*model->find(id));
        page->addPanel(edit);
        edit->setNow(now);
        edit->setContext({subjectsOf(madeUpStreams(now)), 3, ServerVersion{2, 14, 9}});
        page->showPanel(edit);
        if (!isBucket)
            openFold(edit, folds.value(show));
    }
    if (show == QLatin1String("form-wrong")) {
        QJsonObject begun = StreamDraft::of(QStringLiteral("edge"), QStringLiteral("DEVICE.STATE"),
            {QStringLiteral("device.*.event"), QStringLiteral("a..b"), QStringLiteral("stock.>")})
                                .config;
        begun[QStringLiteral("max_msgs")] = -7;
        form->beginAs(QStringLiteral("edge"), begun);
        form->findChild<QPushButton *>(QStringLiteral("createStreamButton"))->click();
        form->showError(Error{Error::Kind::Server, QStringLiteral("The server could not create the stream. Try again."),
            QStringLiteral("insufficient resources (10023)"), {}, {}});
    }
    return page;
}

ListPage *consumersPage(const QString &show, const QDateTime &now)
{
    auto *model = new ConsumerTableModel(qApp);
    auto *page = new ListPage(
        {QStringLiteral("Filter consumers"), QStringLiteral("New consumer"), QStringLiteral("consumer")}, model);
    page->setColumns(ConsumerTableModel::StateColumn, 260,
        {ConsumerTableModel::WaitingColumn, ConsumerTableModel::AckPolicyColumn, ConsumerTableModel::ModeColumn,
            ConsumerTableModel::RedeliveredColumn, ConsumerTableModel::AccountColumn,
            ConsumerTableModel::LastActivityColumn},
        {ConsumerTableModel::NameColumn, ConsumerTableModel::StreamColumn, ConsumerTableModel::AccountColumn});
    model->setNow(now, 0, -1);
    page->table()->sortByAtFirst(ConsumerTableModel::NameColumn);
    auto *detail = new ConsumerDetail;
    auto *form = new ConsumerForm;
    page->addPanel(detail);
    page->addPanel(form);
    page->setNewAccess(Access::yes());
    putInState(page, show);
    detail->setDeleteAccess(Access::no(QStringLiteral("Your account may not write to this cluster.")));
    model->setRows(madeUpConsumers(now));
    page->setCount(QStringLiteral("7 consumers · 4 with messages pending"));
    form->setContext({madeUpStreams(now), madeUpConsumers(now)});
    form->setNow(now);
    page->table()->setCurrentIndex(model->index(5, 0));
    detail->setObject(model->rowAt(5), now);
    if (show == QLatin1String("detail"))
        page->showPanel(detail);
    if (show.startsWith(QLatin1String("form")))
        page->showPanel(form);
    if (show == QLatin1String("form-wrong")) {
        form->beginAs(madeUpStreams(now).first().id,
            {{QStringLiteral("deliver_policy"), toWire(DeliverPolicy::ByStartSequence)},
                {QStringLiteral("deliver_subject"), QString()}});
        form->findChild<QPushButton *>(QStringLiteral("createConsumerButton"))->click();
    }
    if (show == QLatin1String("form-edit") || show == QLatin1String("form-advanced")) {
        auto *edit = new ConsumerForm(model->rowAt(5));
        page->addPanel(edit);
        edit->setContext({madeUpStreams(now), madeUpConsumers(now), 3, ServerVersion{2, 10, 27}});
        edit->findChild<QLineEdit *>(QStringLiteral("consumerMaxDeliverEdit"))->setText(QStringLiteral("2"));
        edit->findChild<Fold *>()->setOpen(show == QLatin1String("form-advanced"));
        page->showPanel(edit);
    }
    return page;
}

/// With the dialog that stands before it.
QPixmap picture(QWidget *page)
{
    QPixmap picture = page->grab();
    QPainter painter(&picture);
    for (auto *dialog : page->findChildren<QDialog *>()) {
        if (dialog->isVisible())
            painter.drawPixmap(
                (page->width() - dialog->width()) / 2, (page->height() - dialog->height()) / 2, dialog->grab());
    }
    return picture;
}

} // namespace

/// objects_gallery messages (page|hex|live|empty|failed|publish|published|export|delete) (light|dark) WxH [file]
/// objects_gallery (streams|consumers)
/// (list|one|many|stale|loading|viewer|detail|configuration|strained|full|empty|form|form-wrong|form-busy|form-edit|
/// form-advanced|form-options|form-feeds|form-routing|form-metadata|form-bucket|bucket) (light|dark)
/// WxH [file]
/// objects_gallery dialog (export|export-cli|export-nack|backup|backup-done|backup-failed|restore|restore-taken|
/// restore-running|restore-done|restore-other) (light|dark) WxH [file]
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("objects_gallery"));
    const QStringList arguments = QCoreApplication::arguments();
    Look::install(application, arguments.value(3) == QLatin1String("dark") ? Look::Scheme::Dark : Look::Scheme::Light);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString show = arguments.value(2);
    const QString what = arguments.value(1);
    QWidget *page = nullptr;
    if (what == QLatin1String("dialog"))
        page = streamDialog(show);
    else if (what == QLatin1String("messages"))
        page = messagesWindow(show);
    else if (what == QLatin1String("consumers"))
        page = consumersPage(show, now);
    else
        page = streamsPage(show, now);
    const QStringList size = arguments.value(4, QStringLiteral("1200x780")).split(QLatin1Char('x'));
    page->setAttribute(Qt::WA_DeleteOnClose, false);
    page->resize(size.value(0).toInt(), size.value(1).toInt());
    page->show();
    if (arguments.size() > 5) {
        QTimer::singleShot(
            300, page, [page, &arguments] { QCoreApplication::exit(picture(page).save(arguments.at(5)) ? 0 : 1); });
    }
    const int code = QApplication::exec();
    delete page;
    return code;
}
