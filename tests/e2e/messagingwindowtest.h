// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"

#include <QJsonObject>
#include <QModelIndex>

class QMenu;
class RawNats;

/// A window test on a runtime that it enables itself, with an independent client of the default account beside it.
class MessagingWindowTest : public WindowTest {
    Q_OBJECT

public:
    MessagingWindowTest();
    ~MessagingWindowTest() override;

protected:
    /// Opens the window and enables NATS in it, as a person does, with that many servers; why it is not there, or
    /// empty.
    QString enableNats(int servers);
    /// The independent client goes before the runtime does.
    void endClient();
    RawNats &nats() { return *m_nats; }

    /// What the server answers the independent client on $JS.API. and `subject`.
    QJsonObject ask(const QString &subject, const QJsonObject &body = {}) const;
    QJsonObject stream(const QString &name) const { return ask(QStringLiteral("STREAM.INFO.") + name); }
    QJsonObject consumer(const QString &path) const { return ask(QStringLiteral("CONSUMER.INFO.") + path); }

    /// In the row of that name; invalid where there is none.
    QModelIndex cell(const QString &table, const QString &name, const QString &header) const;
    bool comesToBe(const QString &table, const QString &name, const QString &header, const QString &wanted);
    /// As by the key for context menus, on the row of that name. False where it is not there, or disabled.
    bool chooseFromMenu(const QString &table, const QString &name, const QString &action);
    /// Why an action of that row can't be chosen; empty where it can, "not there" where there is none.
    QString whyNot(const QString &table, const QString &name, const QString &action);
    /// From the menu beside a page's button for a new one.
    bool chooseFromNewMenu(const QString &button, const QString &action);
    /// Types a path into the file dialog that is open and takes it.
    bool chooseFile(const QString &dialog, const QString &path);

    /// Of a window of its own, which the driver's pictures don't show.
    static void keepPicture(QWidget *window, const QString &name);

private:
    QMenu *openRowMenu(const QString &table, const QString &name);

    std::unique_ptr<OtherTools::Forward> m_forward;
    std::unique_ptr<RawNats> m_nats;
};
